"""A network in a file: it comes back whole, or the sentence says why not and nothing has changed."""

import json
import os
import pickle
import re
import warnings
import zipfile

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.pytorch.layers import gelu_exact
from nnbook_lib.saving import archive

CE = nn.SoftmaxCrossEntropy()


def rng(seed=0):
    return np.random.default_rng(seed)


def dense(d_in=4, d_out=4, **how):
    return nn.Dense(d_in, d_out, rng=rng(), **how)


def shared():
    one = nn.Residual(dense(), nn.tanh)
    return nn.Network(one, nn.BatchNorm(4, momentum=0.3, eps=1e-3), one)


def own_params():
    fixed = dense()
    fixed.params = ("W",)
    fixed.b[...] = 7
    return nn.Network(fixed, nn.LayerNorm(4, eps=0.1))


def recurrent(cell, **how):
    first = nn.Recurrent(nn.RNNCell(4, 3, rng=rng()), return_sequences=True)
    return nn.Network(first, nn.Recurrent(cell(3, 5, rng=rng(), **how)), dense(5, 3))


def dropouts():
    one = np.random.Generator(np.random.MT19937(3))
    return nn.Network(dense(), nn.Dropout(0.5, rng=one), nn.Dropout(np.float32(0.1), rng=one))


BUILDS = {
    "the book's": lambda **how: nn.mlp(4, 3, depth=3, width=5, norm="batch", skip=True, dropout=0.2,
                                activation=nn.leaky_relu_with(0.2), rng=rng(), **how),
    "float32": lambda: nn.mlp(4, 3, width=[6, 5], norm="layer", rng=rng(), dtype=np.float32),
    "shared": shared,
    "a bias left fixed": own_params,
    "one generator": dropouts,
    "LSTM": lambda: recurrent(nn.LSTMCell, forget_bias=2.0),
    "GRU": lambda: recurrent(nn.GRUCell),
    "softmax": lambda: nn.Network(nn.Flatten(4), nn.Sequential(nn.selu, dense()), nn.Softmax()),
    "PyTorch's GELU": lambda: nn.Network(dense(), gelu_exact, nn.leaky_relu),
    "a network in a network": lambda: nn.Network(nn.Network(dense(), nn.gelu), nn.identity),
    "nothing": lambda: nn.Network(),
}  # fmt: skip


def data(net):
    shape = (6, 7, 4) if isinstance(next(iter(net.layers), None), nn.Recurrent) else (6, 4)
    return rng(1).standard_normal(shape).astype(net.theta.dtype)


def outputs(net, x):
    """Two training passes and one in evaluation: random numbers are drawn, and averages moved."""
    net.zero_grad()
    both = [net.forward(x, train=True) for _ in range(2)]
    for y, tape in both:
        net.backward(np.ones_like(y), tape)
    return [y for y, _ in both] + [net(x), net.grad.copy()]


@pytest.mark.parametrize("name", BUILDS)
@pytest.mark.parametrize("way", ["made again", "filled"])
def test_a_network_comes_back_whole(tmp_path, name, way):
    net = BUILDS[name]()
    x = data(net)
    outputs(net, x)
    nn.save(tmp_path / "net.npz", net)
    other = BUILDS[name]() if way == "filled" else None
    if other:
        other.theta += 1
    back = nn.load(tmp_path / "net.npz", into=other)
    assert other is None or back is other
    assert repr(back) == repr(net)
    assert str(back.summary()) == str(net.summary())
    for a, b in zip(outputs(net, x), outputs(back, x), strict=True):
        assert a.dtype == b.dtype and np.array_equal(a, b)
    back.check()


OPTIMIZERS = [
    nn.SGD(0.1, weight_decay=0.01),
    nn.Momentum(nn.optimizers.cosine(0.1, steps=50, warmup=5), 0.8),
    nn.Nesterov(nn.optimizers.step_decay(0.1, every=3)),
    nn.RMSProp(nn.optimizers.exponential(1e-3, 1e-2, 50), 0.8, 1e-6),
    nn.Adam(betas=(0.8, 0.99)),
    nn.AdamW(np.float64(0.01)),
]


@pytest.mark.parametrize("opt", OPTIMIZERS, ids=lambda opt: type(opt).__name__)
def test_training_goes_on_as_if_it_had_not_been_interrupted(tmp_path, opt):
    net, draw = BUILDS["the book's"](), rng(5)
    x, t = data(net), np.arange(6) % 3
    list(nn.train(net, CE, opt, x, t, batch=4, epochs=2, rng=draw))
    nn.save(tmp_path / "run", {"net": net, "opt": opt, "rng": draw})
    run = nn.load(tmp_path / "run")
    assert repr(run["opt"]) == repr(opt)
    there = list(nn.train(net, CE, opt, x, t, batch=4, epochs=2, rng=draw))
    here = list(nn.train(run["net"], CE, run["opt"], x, t, batch=4, epochs=2, rng=run["rng"]))
    assert there == here and np.array_equal(net.theta, run["net"].theta)


def test_what_stands_beside_a_network_comes_back_too(tmp_path):
    scaler = nn.StandardScaler().fit(rng().standard_normal((5, 3)))
    what = {
        "scaler": scaler,
        "classes": ["Adélie", "企鵝"],
        "names": np.array(["a", "bc"]),
        "a.b": np.float32(0.1),
        "a": {"b": np.asfortranarray(np.ones((2, 3), ">f4"))},
        "nan": (float("nan"), -np.inf, 2**100, None, True),
        "nnbook": np.zeros((0, 2)),
        7: np.array(np.datetime64("2026-01-01")),
    }
    nn.save(tmp_path / "a", what)
    back = nn.load(tmp_path / "a")
    x = rng(1).standard_normal((4, 3))
    assert np.array_equal(back["scaler"].transform(x), scaler.transform(x))
    assert repr([*back.items()][1:]) == repr([*what.items()][1:])
    assert back["a"]["b"].dtype == ">f4" and back["a"]["b"].flags.f_contiguous
    nn.save(tmp_path / "a", np.arange(3))
    assert np.array_equal(nn.load(tmp_path / "a"), [0, 1, 2])
    names = {key: "hen" for key in (*np.unique([3, 1]), *np.unique(["owl", "auk"]))}
    nn.save(tmp_path / "a", names)
    assert nn.load(tmp_path / "a") == names


def test_a_diverged_network_is_kept_as_it_is(tmp_path):
    net = BUILDS["the book's"]()
    net.theta[3] = np.nan
    nn.save(tmp_path / "net", net)
    assert np.array_equal(nn.load(tmp_path / "net").theta, net.theta, equal_nan=True)


# Layers of one's own -------------------------------------------------------------------------


class Noisy(nn.Layer):
    """A layer of the reader's: a parameter, a generator, a number, a list of layers."""

    params, buffers = ("s",), ("seen",)

    def __init__(self, size, draw):
        self.start(s=np.full(4, float(size)))
        self.seen, self.size, self.rng = np.zeros(4), size, draw
        self.layers = (dense(),)

    def forward(self, x, train=False):
        y, saved = self.layers[0].forward(x)
        noise = self.rng.standard_normal(4) if train else self.seen
        return self.s * y + noise, (y, saved)

    def backward(self, dy, kept):
        y, saved = kept
        self.ds += (dy * y).sum(axis=0)
        return self.layers[0].backward(dy * self.s, saved)

    def track(self, saved):
        self.seen += self.size


sine = nn.Activation("sine", np.sin, np.cos)


def mine(size=2, seed=0, f=sine):
    return nn.Network(dense(), Noisy(size, rng(seed)), f, nn.BatchNorm(4))


def test_a_layer_of_ones_own_is_made_by_its_class_or_filled(tmp_path):
    net = mine()
    x = data(net)
    outputs(net, x)
    nn.save(tmp_path / "net", net)
    again = nn.load(tmp_path / "net", own=[Noisy, sine])
    filled = nn.load(tmp_path / "net", into=mine(seed=9))
    wanted = outputs(net, x)
    for other in again, filled:
        assert all(map(np.array_equal, wanted, outputs(other, x)))
    with pytest.raises(ValueError, match=r"a Noisy of your own.*own=\[Noisy\].*into=net"):
        nn.load(tmp_path / "net")
    with pytest.raises(ValueError, match="a sine of your own"):
        nn.load(tmp_path / "net", own=Noisy)
    with pytest.raises(TypeError, match=r"own lists classes.*got str 'Noisy'"):
        nn.load(tmp_path / "net", own=["Noisy"])


def test_an_activation_in_the_table_is_found_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setitem(nn.ACTIVATIONS, "sine", sine)
    nn.save(tmp_path / "net", nn.Network(dense(), sine))
    assert nn.load(tmp_path / "net").layers[1] is sine
    monkeypatch.delitem(nn.ACTIVATIONS, "sine")
    with pytest.raises(ValueError, match=r"a sine of your own.*own=\[sine\]"):
        nn.load(tmp_path / "net")
    assert nn.load(tmp_path / "net", own=[sine]).layers[1] is sine


def test_an_activation_in_the_place_of_a_known_one_is_not_taken_for_it(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        mine = nn.Activation("relu", np.sin, np.cos)
        patch.setitem(nn.ACTIVATIONS, "relu", mine)
        nn.save(tmp_path / "net", nn.Network(dense(), mine, nn.relu))
        assert nn.load(tmp_path / "net").layers[1:] == (mine, nn.relu)
    with pytest.raises(ValueError, match="a relu of your own"):
        nn.load(tmp_path / "net")


def test_a_schedule_written_as_a_function_is_filled_into(tmp_path):
    nn.save(tmp_path / "opt", {"opt": nn.SGD(lambda step: 0.1), "n": 1})
    with pytest.raises(ValueError, match=r"function.*into="):
        nn.load(tmp_path / "opt")
    opt = nn.SGD(lambda step: 0.2)
    assert nn.load(tmp_path / "opt", into={"opt": opt}) == {"opt": opt, "n": 1}
    assert opt.rate(0) == 0.2


OTHERS = {  # a network that is not of the build, and what is said
    "another width": (lambda: nn.Network(dense(4, 5), nn.tanh), ["0.d_out is 4 there, here int 5"]),
    "another layer": (lambda: nn.Network(dense(), nn.relu), ["1.name is 'tanh' there", "'relu'"]),
    "another order": (
        lambda: nn.Network(nn.tanh, dense()),
        ["0 is a Dense there, here Activation"],
    ),
    "one more": (lambda: nn.Network(dense(), nn.tanh, nn.tanh), ["2 layers", "3 layers"]),
    "less precise": (lambda: nn.Network(dense(dtype=np.float32), nn.tanh), ["float64", "float32"]),
    "a list": (lambda: [dense(), nn.tanh], ["a Network there", "list"]),
    "in a dict": (lambda: {"net": nn.Network(dense(), nn.tanh)}, ["a Network there", "dict"]),
    "a bias left fixed": (
        lambda: nn.Network(own_params().layers[0], nn.tanh),
        ["0.params is nothing"],
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_build_is_named_and_nothing_is_filled(tmp_path, name):
    make, words = OTHERS[name]
    nn.save(tmp_path / "net", nn.Network(dense(), nn.tanh))
    other = make()
    if isinstance(other, nn.Network):
        other.theta += 1
    before = str(getattr(other, "theta", other))
    with pytest.raises(ValueError) as raised:
        nn.load(tmp_path / "net", into=other)
    message = str(raised.value)
    assert [word for word in [*words, "another build"] if word not in message] == [], message
    assert str(getattr(other, "theta", other)) == before


def test_what_is_to_be_filled_stands_under_its_name(tmp_path):
    net = nn.Network(dense(), nn.tanh)
    nn.save(tmp_path / "a", {"net": net, "n": 1})
    with pytest.raises(ValueError, match=r"a dict of 'net', 'n', and into is Network.*into=\{"):
        nn.load(tmp_path / "a", into=net)
    with pytest.raises(ValueError, match="model is nothing there, here Network"):
        nn.load(tmp_path / "a", into={"model": net})
    nn.save(tmp_path / "state", net.state())
    with pytest.raises(ValueError, match=r"no network.*net\.restore\(nn\.load\(path\)\)"):
        nn.load(tmp_path / "state", into=net)
    net.restore(nn.load(tmp_path / "state"))


def test_shared_there_and_two_here(tmp_path):
    nn.save(tmp_path / "net", shared())
    two = nn.Network(
        nn.Residual(dense(), nn.tanh), nn.BatchNorm(4, momentum=0.3, eps=1e-3),
        nn.Residual(dense(), nn.tanh),
    )  # fmt: skip
    with pytest.raises(ValueError, match="2 is a Residual that stands at the same places there"):
        nn.load(tmp_path / "net", into=two)


# The file ------------------------------------------------------------------------------------


def small(folder):
    """A file, and its network."""
    net = nn.mlp(2, 2, width=2, norm="batch", dropout=0.1, rng=rng())
    nn.save(folder / "small.npz", {"net": net, "classes": ["a", "b"]})
    return folder / "small.npz", net


def said(file):
    """What load says of a file, or what it holds."""
    try:
        return nn.load(file)
    except ValueError as error:
        return str(error)


def overwrite(opened, at, data):
    opened.seek(at)
    opened.write(data)


def test_a_file_that_is_cut_short_or_damaged_is_named(tmp_path):
    file, net = small(tmp_path)
    whole, x = file.read_bytes(), np.ones((3, 2))
    y, stands = net(x), net.layers[3].rng.bit_generator.state
    with open(file, "r+b", buffering=0) as opened:  # to write it anew each time takes far longer
        for i in range(0, len(whole), 5):
            overwrite(opened, i, bytes([whole[i] ^ 0x41]))
            told = said(file)
            if isinstance(told, str):
                assert told.startswith("nn.load: "), told
            else:  # a byte that means nothing, such as a date
                assert np.array_equal(told["net"](x), y)
                assert told["net"].layers[3].rng.bit_generator.state == stands
            overwrite(opened, i, whole[i : i + 1])
        for end in reversed(range(len(whole))):
            opened.truncate(end)
            assert re.search(r"small\.npz is (cut short or damaged|empty)", said(file)), end


def changed(file, change):
    """The file, written anew after its description and arrays were changed."""
    description, arrays = archive.read(file)
    change(description, arrays)
    arrays["nnbook"] = np.array(json.dumps(description).encode("ascii"))
    np.savez(file, **arrays)


def things(**change):
    return lambda d, a: d["things"][0].update(change)


def value(keys, new):
    def change(description, arrays):
        at = description
        for key in keys[:-1]:
            at = at[key]
        at[keys[-1]] = new

    return change


CHANGES = {
    "missing": (lambda d, a: a.pop("net.0.W"), ["lacks net.0.W"]),
    "besides": (lambda d, a: a.update(more=np.ones(2)), ["has besides more"]),
    "another shape": (lambda d, a: a.update({"net.0.b": np.ones(3)}), ["net.0.b", "[3]", "[2]"]),
    "another dtype": (lambda d, a: a.update({"net.0.b": np.ones(2, int)}), ["net.0.b", "int64"]),
    "a newer version": (value(["version"], 2), ["saved by a newer nnbook", "format 2", "Update"]),
    "no version": (lambda d, a: d.pop("version"), ["no description"]),
    "an unknown layer": (things(kind="Attention"), ["'Attention'", "unknown"]),
    "an impossible width": (value(["things", 0, "options", "d_in"], -1), ["d_in", "-1"]),
    "a width of another array": (value(["things", 0, "options", "d_in"], 3), ["(2, 2)", "(2, 3)"]),
    "an option too many": (value(["things", 0, "options", "bias"], 0), ["no sense", "bias"]),
    "a loop": (value(["things", 0, "options", "d_in"], {"thing": 0}), ["no sense"]),
    "no such thing": (value(["what"], {"thing": 99}), ["no thing 99"]),
    "nonsense": (value(["what"], {"dict": 5}), ["no sense"]),
    "a parameter that is none": (value(["things", 0, "state", "params"], {"tuple": ["Z"]}), ["Z"]),
    "a layer without its arrays": (
        lambda d, a: d["things"][0].pop("state"),
        ["Dense without its W, b"],
    ),
    "another attribute": (value(["things", 0, "state", "label"], 5), ["label"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_description_that_does_not_fit_its_arrays_is_named(tmp_path, name):
    change, words = CHANGES[name]
    file, _ = small(tmp_path)
    changed(file, change)
    with pytest.raises(ValueError) as raised:
        nn.load(file)
    message = str(raised.value)
    assert message.startswith("nn.load: ") and message.endswith(".")
    assert [word for word in words if word not in message] == [], message


def zipped(path, *names):
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, b"text")


FOREIGN = {
    "text": (lambda path: path.write_text("species,island"), ["not written by nn.save", "species"]),
    "a pickle": (lambda path: path.write_bytes(pickle.dumps([1])), ["pickle", "any code"]),
    "one array": (lambda path: np.save(open(path, "wb"), np.ones(2)), [".npy", "np.load"]),
    "arrays": (lambda path: np.savez(path, W=np.ones(2)), ["net.restore(np.load(path))"]),
    "PyTorch's": (lambda path: zipped(path, "net/data.pkl"), ["torch.load", "nn.from_torch"]),
    "a table": (lambda path: zipped(path, "[Content_Types].xml"), ["as CSV"]),
    "a zip": (lambda path: zipped(path, "a.txt"), ["another kind of zip"]),
    "nothing": (lambda path: path.write_bytes(b""), ["is empty"]),
    "Python objects": (
        lambda path: np.savez(path, nnbook=np.array(b"{}"), a=np.array([{}], object)),
        ["'a'", "not an array"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.filterwarnings("ignore:unclosed file")
def test_what_is_no_saved_file_is_named(tmp_path, name):
    write, words = FOREIGN[name]
    write(tmp_path / "a.npz")
    with pytest.raises(ValueError) as raised:
        nn.load(tmp_path / "a.npz")
    message = str(raised.value)
    assert [word for word in words if word not in message] == [], message


def test_the_suffix_may_be_left_out_and_the_folder_must_be_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in ("a", "b.npz", "c.v2", tmp_path / "d"):
        nn.save(path, 1)
        assert nn.load(path) == 1
    assert sorted(os.listdir()) == ["a.npz", "b.npz", "c.v2.npz", "d.npz"]
    os.rename("a.npz", "renamed.bin")
    assert nn.load("renamed.bin") == 1
    with pytest.raises(FileNotFoundError, match=r"no file a\.npz.*It has b\.npz, c\.v2\.npz"):
        nn.load("a")
    with pytest.raises(FileNotFoundError, match="no folder nowhere"):
        nn.load("nowhere/a")
    with pytest.raises(FileNotFoundError, match=r"no folder nowhere.*mkdir"):
        nn.save("nowhere/a", 1)
    monkeypatch.setenv("HOME", str(tmp_path))
    nn.save("~/h", 1)
    assert nn.load("~/h") == 1 and os.path.isfile("h.npz")
    os.mkdir("e.npz")
    for folder in "e", "f/", ".", "..", "g/..":
        with pytest.raises(IsADirectoryError, match="is a folder"):
            nn.save(folder, 1)
    with pytest.raises(IsADirectoryError, match=r"nn\.load: .* is a folder"):
        nn.load(tmp_path / "..")


@pytest.mark.parametrize(
    ("stop", "words"),
    [(OSError(28, "No space left on device"), "No space left"), (KeyboardInterrupt(), "")],
    ids=["a full disk", "Ctrl-C"],
)
def test_an_interrupted_save_leaves_the_old_file_whole(tmp_path, monkeypatch, stop, words):
    nn.save(tmp_path / "a", {"n": 1, "b": np.ones(3)})

    def fails(file, array, **how):
        file.write(b"half")
        raise stop

    with monkeypatch.context() as patch:
        patch.setattr(np.lib.format, "write_array", fails)
        with pytest.raises(type(stop)) as raised:
            nn.save(tmp_path / "a", {"n": 2})
    assert words in str(raised.value)
    assert nn.load(tmp_path / "a")["n"] == 1
    assert os.listdir(tmp_path) == ["a.npz"]


def test_of_a_table_its_form_is_kept_so_that_another_file_is_read_like_it(tmp_path):
    words = {"leave_out": ["island", "year"], "one_hot": ["species", "sex"]}
    for table in nn.datasets.penguins(), nn.datasets.penguins("body_mass_g", **words):
        nn.save(tmp_path / "form", table)
        back = nn.load(tmp_path / "form")
        assert "its rows were not kept" in repr(back) and back.target in repr(back)
        again = nn.read_table(nn.datasets.PENGUINS, like=back, gaps="drop")
        assert np.array_equal(again.x, table.x) and np.array_equal(again.t, table.t)


def test_two_that_save_at_once_do_not_write_into_each_other(tmp_path, monkeypatch):
    write = np.lib.format.write_array

    def meanwhile(*what, **how):
        monkeypatch.undo()
        nn.save(tmp_path / "a", "the other's")
        write(*what, **how)

    monkeypatch.setattr(np.lib.format, "write_array", meanwhile)
    nn.save(tmp_path / "a", "ours")
    assert nn.load(tmp_path / "a") == "ours" and os.listdir(tmp_path) == ["a.npz"]


def broken():
    net = nn.Network(dense())
    net.layers[0].W = np.ones((4, 4))
    return net


def circle():
    loop = {}
    loop["self"] = loop
    return loop


REFUSED = {
    "in PyTorch's order": (lambda: (nn.Network(), "net.npz"), TypeError, ["nn.save(path, what)"]),
    "a loss": (lambda: ("a", {"loss": CE}), TypeError, ["SoftmaxCrossEntropy() under loss"]),
    "objects": (lambda: ("a", np.array(["x", 1], object)), TypeError, ["object", "astype(str)"]),
    "a mask": (lambda: ("a", np.ma.masked_array([1.0, 2], [0, 1])), TypeError, ["mask"]),
    "a set": (lambda: ("a", {"classes": {"x"}}), TypeError, ["classes", "set"]),
    "a key": (lambda: ("a", {(1, 2): 3}), TypeError, ["keys", "(1, 2)"]),
    "a class": (lambda: ("a", [nn.SGD]), TypeError, ["under 0", "call the class"]),
    "a circle": (lambda: ("a", circle()), ValueError, ["contains itself"]),
    "lost arrays": (lambda: ("a", broken()), ValueError, ["Dense(4 -> 4).W was replaced"]),
    "no path": (lambda: ("", 1), TypeError, ["path"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_named_and_nothing_is_written(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    make, kind, words = REFUSED[name]
    with pytest.raises(kind) as raised:
        nn.save(*make())
    assert [word for word in words if word not in str(raised.value)] == [], str(raised.value)
    assert os.listdir() == []


def test_no_file_is_left_open(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        file, _ = small(tmp_path)
        nn.load(file)
        file.write_bytes(b"PK")
        with pytest.raises(ValueError):
            nn.load(file)
