"""Bad input gets an error that names whose it is, what was wanted, what came, and the remedy."""

import re
import sys

import numpy as np
import pytest

import nnbook_lib as nn

RNG = np.random.default_rng(0)
NET = nn.mlp(4, 3, width=5, rng=RNG)
CE, SE, BCE = nn.SoftmaxCrossEntropy(), nn.SquaredError(), nn.BinaryCrossEntropy()
X, T, Y = np.ones((2, 4)), np.array([0, 2]), np.zeros((2, 3))
NAN = np.array([[0.0, np.nan, 0.0], [0.0, 0.0, 0.0]])
ONE = nn.Network(nn.Dense(4, 1, rng=RNG))
TRAIN = {"net": NET, "loss": CE, "opt": nn.SGD(0.1), "x": X, "t": T, "rng": RNG}


def dense(d_in=4, d_out=5, **kwargs):
    return nn.Dense(d_in, d_out, rng=RNG, **kwargs)


def recurrent(x):
    return nn.Recurrent(nn.RNNCell(2, 3, rng=RNG))(x)


def train(**changes):
    return list(nn.train(**{**TRAIN, **changes}))


CASES = {  # what is done: the error, and the words that must be in it
    "one sample as a vector": (lambda: NET(np.ones(4)), ValueError,
        ["Dense(4 -> 5)", "shape (n, 4)", "(4,)", "x[None, :]"]),
    "samples as columns": (lambda: NET(np.ones((4, 9))), ValueError, ["(n, 4)", "(4, 9)", "x.T"]),
    "images not flattened": (lambda: NET(np.ones((9, 2, 2))), ValueError, ["(9, 2, 2)", "reshape(len(x), -1)"]),
    "wrong width": (lambda: NET(np.ones((2, 7))), ValueError, ["Dense(4 -> 5)", "(2, 7)", "width"]),
    "integers": (lambda: NET(np.ones((2, 4), int)), TypeError, ["int64", "astype(float)"]),
    "a list": (lambda: NET([[1, 2, 3, 4]]), TypeError, ["list", "np.asarray"]),
    "float32 into a float64 network": (
        lambda: nn.loss_and_grad(NET, CE, X.astype(np.float32), T), TypeError,
        ["float64", "float32", "x.astype(np.float64)", "dtype=np.float32"]),
    "width of batch norm": (lambda: nn.BatchNorm(4)(np.ones((2, 3))), ValueError, ["BatchNorm(4)", "(2, 3)"]),
    "sequence without features": (lambda: recurrent(np.ones((5, 7))), ValueError,
        ["RNNCell(2 -> 3)", "(n, T, 2)", "(5, 7)", "x[:, :, None]"]),
    "mismatched widths": (lambda: nn.Network(dense(4, 5), nn.relu, dense(6, 3)), ValueError,
        ["layer 2", "Dense(6 -> 3)", "width 6", "Dense(4 -> 5)", "gives 5"]),
    "residual that changes width": (lambda: nn.Residual(dense(4, 5)), ValueError, ["Residual", "4", "5"]),
    "a class for a layer": (lambda: nn.Network(nn.Dense), TypeError, ["Network", "Dense", "call the class"]),
    "a cell for a recurrent layer": (lambda: nn.Recurrent(dense()), TypeError, ["LSTMCell(2, 32, rng=rng)"]),
    "a cell used as a layer": (lambda: nn.RNNCell(2, 3, rng=RNG)(X), TypeError, ["Recurrent(cell)"]),
    "mixed dtypes": (lambda: nn.Network(dense(), dense(5, 5, dtype=np.float32)), TypeError,
        ["float32 and float64", "dtype="]),
    "theta of another size": (lambda: setattr(NET, "theta", np.zeros(3)), ValueError,
        [str(NET.theta.size), "(3,)"]),
    "grad set to one number": (lambda: setattr(NET, "grad", 0), ValueError, [str(NET.grad.size), "zero_grad()"]),
    "complex parameters": (lambda: setattr(NET, "theta", NET.theta * 1j), ValueError, ["real numbers", "complex128"]),
    "views of a vector too long": (lambda: list(NET.views(np.zeros(NET.theta.size + 1))), ValueError,
        ["views", str(NET.theta.size)]),
    "unknown activation": (lambda: nn.mlp(4, 3, activation="rleu", rng=RNG), ValueError,
        ["activation 'rleu'", "'relu'", "'tanh'"]),
    "unknown initializer": (lambda: dense(init="kaiming"), ValueError, ["initializer 'kaiming'", "'he'"]),
    "unknown norm": (lambda: nn.mlp(4, 3, norm="group", rng=RNG), ValueError, ["norm 'group'", "'batch' or 'layer'"]),
    "unknown loss": (lambda: nn.losses.get("mse"), ValueError, ["loss 'mse'", "'squared_error'"]),
    "no generator": (lambda: nn.mlp(4, 3, rng=0), TypeError, ["np.random.default_rng", "int 0"]),
    "width zero": (lambda: nn.Dense(0, 3, rng=RNG), ValueError, ["Dense", "d_in", ">= 1", "0"]),
    "negative depth": (lambda: nn.mlp(4, 3, depth=-1, rng=RNG), ValueError, ["mlp", "depth", "-1"]),
    "negative learning rate": (lambda: nn.SGD(-0.1), ValueError, ["SGD", "lr", "above 0", "-0.1"]),
    "learning rate nan": (lambda: nn.Adam(np.nan), ValueError, ["Adam", "lr", "nan"]),
    "momentum of 1": (lambda: nn.Momentum(0.1, beta=1.0), ValueError, ["Momentum", "beta", "below 1", "1.0"]),
    "dropout of 1": (lambda: nn.Dropout(1.0, rng=RNG), ValueError, ["Dropout", "p", "1.0"]),
    "gradient of another shape": (lambda: nn.SGD(0.1).step(np.zeros(3), np.zeros(4)), ValueError,
        ["SGD.step", "(4,)", "(3,)"]),
    "integer theta": (lambda: nn.SGD(0.1).step(np.zeros(3, int), np.zeros(3)), TypeError, ["int64", "dtype=float"]),
    "NaN into a loss": (lambda: CE(NAN, T), nn.NotFinite, ["SoftmaxCrossEntropy", "nan", "1 of its 2 rows"]),
    "NaN into squared error": (lambda: SE(NAN, Y), nn.NotFinite, ["SquaredError", "1 of its 2 rows"]),
    "overflow in a loss": (lambda: SE(np.full((2, 3), 1e200), Y), nn.NotFinite, ["inf", "1e+200", "learning rate"]),
    "label too large": (lambda: CE(Y, np.array([0, 3])), ValueError, ["labels 0 to 2", "0 to 3"]),
    "negative label": (lambda: CE(Y, np.array([-1, 2])), ValueError, ["labels 0 to 2", "-1 to 2"]),
    "float labels": (lambda: CE(Y, np.array([0.0, 2.0])), ValueError, ["whole-number labels", "(2,)", "astype(int)"]),
    "rows that are not probabilities": (lambda: CE(Y, np.ones((2, 3))), ValueError, ["sum to 1", "3"]),
    "one label too many": (lambda: CE(Y, np.array([0, 1, 2])), ValueError, ["(2,)", "(3,)"]),
    "targets as a vector": (lambda: SE(np.zeros((2, 1)), np.zeros(2)), ValueError, ["(2, 1)", "(2,)", "t[:, None]"]),
    "labels -1 and 1": (lambda: BCE(Y, np.full((2, 3), -1.0)), ValueError, ["between 0 and 1", "(t + 1) / 2"]),
    "integer outputs": (lambda: SE(np.zeros((2, 3), int), Y), TypeError, ["floating point", "int64"]),
    "targets as a list": (lambda: CE(Y, [0, 1]), TypeError, ["array", "list"]),
    "no samples": (lambda: SE(np.zeros((0, 3)), np.zeros((0, 3))), ValueError, ["SquaredError", "0 rows"]),
    "samples and targets do not pair": (lambda: train(t=T[:1]), ValueError, ["2 samples", "1"]),
    "batch of zero": (lambda: train(batch=0), ValueError, ["batch", ">= 1", "0"]),
    "negative clip": (lambda: train(clip=-1), ValueError, ["clip", "above 0"]),
    "an optimizer's name": (lambda: train(opt="sgd"), TypeError, ["SGD(lr=0.1)", "str 'sgd'"]),
    "no generator for batches": (lambda: train(rng=None), TypeError, ["rng=np.random.default_rng"]),
    "accuracy against rows": (lambda: nn.accuracy(NET, X, Y), ValueError,
        ["accuracy", "2 rows", "(2, 3)", "t.argmax(axis=1)"]),
    "accuracy against a column": (lambda: nn.accuracy(NET, X, T[:, None]), ValueError, ["(2, 1)", "t[:, 0]"]),
    "accuracy against names": (lambda: nn.accuracy(NET, X, np.array(["a", "b"])), TypeError,
        ["<U1", "return_inverse=True"]),
    "accuracy against a label too large": (lambda: nn.accuracy(NET, X, T + 1), ValueError, ["0 to 2", "1 to 3"]),
    "accuracy of one output against numbers": (lambda: nn.accuracy(ONE, X, Y[:, :1] + 0.5), ValueError,
        ["of 0 and 1", "0.5 to 0.5", "r2_score"]),
    "accuracy of one output against -1 and 1": (lambda: nn.accuracy(ONE, X, T - 1), ValueError,
        ["of 0 and 1", "(t + 1) / 2"]),
    "accuracy of one output against names": (lambda: nn.accuracy(ONE, X, np.array(["a", "b"])), TypeError,
        ["of 0 and 1", "return_inverse=True"]),
    "labels of outputs that are NaN": (lambda: nn.predict(ONE, X * np.nan), ValueError,
        ["predict", "NaN or infinite in 2 of 2 rows"]),
    "labels of no network": (lambda: nn.predict(Y, X), TypeError, ["predict", "Network"]),
    "a class for a loss": (lambda: nn.loss_and_grad(NET, nn.SquaredError, X, Y), TypeError,
        ["loss_and_grad", "SquaredError()", "brackets"]),
    "a name for a loss": (lambda: train(loss="squared_error"), TypeError, ["train", "SquaredError()"]),
    "a function for a loss": (lambda: train(loss=lambda y, t: 0.0), TypeError, ["train", "subclass of Loss"]),
    "a Sequential for a network": (lambda: nn.loss_and_grad(nn.Sequential(dense()), CE, X, T), TypeError,
        ["loss_and_grad", "Network(*layers)"]),
    "an optimizer's class": (lambda: train(opt=nn.SGD), TypeError, ["SGD(lr=0.1)", "Create one"]),
    "samples as a list": (lambda: train(x=X.tolist()), TypeError, ["train", "x", "np.asarray(x)"]),
    "targets as a list, in training": (lambda: train(t=T.tolist()), TypeError, ["train", "t", "np.asarray(t)"]),
    "a network without parameters": (lambda: train(net=nn.Network(nn.tanh)), ValueError, ["no parameters", "Dense"]),
    "a seed where nothing is drawn": (lambda: train(batch=None, rng=3), TypeError, ["rng=np.random.default_rng"]),
    "a function for a layer": (lambda: nn.Network(dense(), np.tanh), TypeError,
        ["Network", "nn.tanh", "Activation("]),
    "a name for a layer": (lambda: nn.Network(dense(), "relu"), TypeError, ["nn.relu", "without quotes"]),
    "a list of layers": (lambda: nn.Network([dense()]), TypeError, ["one by one"]),
    "a function for an activation": (lambda: nn.mlp(4, 3, activation=np.tanh, rng=RNG), TypeError,
        ["mlp", '"tanh"', "derivative"]),
    "dropout without a hidden layer": (lambda: nn.mlp(4, 3, depth=0, dropout=0.5, norm="layer", rng=RNG), ValueError,
        ["norm='layer' and dropout=0.5", "depth=0"]),
    "a wire from the only hidden layer": (lambda: nn.mlp(4, 3, skip=True, rng=RNG), ValueError,
        ["skip=True", "no effect", "depth > 1"]),
    "a wire between unequal widths": (lambda: nn.mlp(4, 3, width=[5, 6], skip=True, rng=RNG), ValueError,
        ["skip=True", "[5, 6]"]),
    "skip as a word": (lambda: nn.mlp(4, 3, depth=2, skip="no", rng=RNG), ValueError, ["skip", "'no'"]),
    "dropout as a flag": (lambda: nn.mlp(4, 3, dropout=np.True_, rng=RNG), ValueError, ["dropout", "True"]),
    "as many widths as not said": (lambda: nn.mlp(4, 3, depth=3, width=[5, 6], rng=RNG), ValueError, ["2", "depth is 3"]),
    "momentum 0": (lambda: nn.BatchNorm(4, momentum=0), ValueError, ["BatchNorm", "momentum", "above 0"]),
    "layer norm of one feature": (lambda: nn.LayerNorm(1), ValueError, ["LayerNorm(1)", "wider"]),
    "whole numbers into dropout": (lambda: nn.Dropout(0.5, rng=RNG)(X.astype(int)), TypeError,
        ["Dropout(0.5)", "int64", "dtype=float"]),
    "an empty residual": (lambda: nn.Residual(), ValueError, ["Residual", "at least one layer"]),
    "a residual that drops an axis": (lambda: nn.Residual(nn.Recurrent(nn.RNNCell(2, 2, rng=RNG)))(np.ones((3, 3, 2))),
        ValueError, ["Residual", "(3, 3, 2)", "(3, 2)"]),
    "a function that returns an array": (lambda: nn.numeric_gradient(lambda v: v * v, np.ones(3)), TypeError,
        ["numeric_gradient", "(3,)", "Sum"]),
    "a function in float32": (lambda: nn.numeric_gradient(lambda v: v.astype(np.float32).sum(), np.ones(3)), TypeError,
        ["float32", "float64"]),
    "complex numbers, nudged": (lambda: nn.numeric_gradient(lambda v: 0.0, np.ones(2) * 1j), TypeError,
        ["numeric_gradient", "complex128"]),
    "a nudge that is lost": (lambda: nn.numeric_gradient(lambda v: v.sum(), np.full(2, 1e14)), ValueError,
        ["eps", "1e-05", "1e+14"]),
    "an imaginary part dropped": (lambda: nn.complex_step_gradient(lambda z: np.abs(z).sum(), np.ones(2)), TypeError,
        ["complex_step_gradient", "abs"]),
    "errors of two shapes": (lambda: nn.relative_error(np.ones(3), np.ones((3, 1))), ValueError, ["(3,)", "(3, 1)"]),
    "whole numbers into check_layer": (lambda: nn.check_layer(dense(), X.astype(int), rng=RNG), TypeError,
        ["check_layer", "int64", "check_network"]),
    "diagnosing an unwatched tape": (
        lambda: nn.diagnostics.gradient_norms(nn.loss_and_grad(NET, CE, X, T)[1]), ValueError,
        ["not watched", "watch=True"]),
    "backward before forward's tape": (
        lambda: nn.diagnostics.gradient_norms(NET.forward(X, watch=True)[1]), ValueError,
        ["not been played back", "loss_and_grad"]),
    "an array for an initializer": (lambda: dense(init=np.ones((3, 4))), TypeError, ["Dense(4 -> 5)", "(3, 4)", "W[...] = W"]),
    "an initializer that is not called": (lambda: dense(init=nn.initializers.normal), TypeError, ["normal", "init=normal(0.1)"]),
    "an initializer of a shape": (lambda: dense(init=lambda shape: np.ones(shape)), TypeError, ["(d_out, d_in, rng=rng)"]),
    "a function by name for an activation": (lambda: nn.activations.get(np.tanh), TypeError, ['"tanh"', "derivative"]),
    "a schedule's class": (lambda: nn.SGD(nn.optimizers.cosine), TypeError, ["SGD", "cosine(...)"]),
    "a list into Flatten": (lambda: nn.Flatten()(X.tolist()), TypeError, ["Flatten()", "list", "np.asarray"]),
    "a layer to diagnose": (lambda: nn.diagnose(dense(), CE, X, T), TypeError, ["diagnose", "Network(*layers)"]),
    "a list to diagnose": (lambda: nn.diagnose(NET, CE, X.tolist(), T), TypeError, ["diagnose", "x", "np.asarray(x)"]),
    "a loss's class to diagnose": (lambda: nn.diagnose(NET, nn.SquaredError, X, T), TypeError, ["diagnose", "brackets"]),
    "a tape with no weights": (
        lambda: nn.diagnostics.gradient_norms(nn.Sequential(nn.relu).forward(X, watch=True)[1]), ValueError,
        ["no layer with weights"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_error(name):
    act, kind, words = CASES[name]
    theta = NET.theta.copy()
    with np.errstate(over="ignore"), pytest.raises(kind) as caught:
        act()
    message = str(caught.value)
    assert [w for w in words if w not in message] == [], message
    assert re.search(r"[.:] ?$|\.$", message), "a message is a sentence"
    assert np.array_equal(NET.theta, theta), "nothing is lost"


@pytest.mark.parametrize("act", [nn.from_torch, lambda module: nn.to_torch(NET, module)])
def test_without_pytorch(act, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ImportError, match=r"_torch needs PyTorch\. .*pip install torch"):
        act(object())


def test_an_optimizer_is_for_one_vector():
    opt = nn.Adam(0.1)
    opt.step(np.zeros(3), np.ones(3))
    with pytest.raises(ValueError, match=r"Adam has walked .*\(3,\).*\(4,\).*reset\(\)"):
        opt.step(np.zeros(4), np.ones(4))
