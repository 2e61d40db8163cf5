"""The experiment as Python that a reader can run: it prints what the laboratory measured."""

from __future__ import annotations

from ..optimizers import OPTIMIZERS
from .controls import LARGE
from .experiment import Experiment, Settings
from .making import COURSE, EVERY, IMAGES, ROWS, WARMUP, floor, shape
from .moment import PROBE

LOOP = """\
    course = nn.train(net, loss, opt, x, t, batch=batch, epochs=steps, clip=clip, rng=rng)
    for step in course:
        if step.step == steps:
            break
"""
CAREFUL = """\
    try:
        for step in nn.train(net, loss, opt, x, t, batch=batch, epochs=steps, clip=clip, rng=rng):
            if step.step == steps:
                break
        loss(net(x), t)
    except (nn.Diverged, nn.losses.NotFinite) as error:
        print(f"{name}: {error}")
        return
"""
LEARN = f"""\
def learn(name, net, opt, rng, x=x, t=t, batch=32, clip=None):
LOOP
    value, right = loss(net(x), t), nn.accuracy(net, x, t)
    print(f"{{name}}: step {{opt.steps}}, loss {{value:.6g}}, {{right:.1%}} right")
    _, tape = nn.loss_and_grad(net, loss, x[:{PROBE}], t[:{PROBE}], watch=True)
    print("delta by layer", nn.diagnostics.gradient_norms(tape))
"""


def script(experiment: Experiment, step: int, stops: bool = False) -> str:
    """The Python of an experiment up to a step: data, the loop, and a few lines for each network.

    stops: whether one of the two diverges by then, which has to be caught.
    """
    loop = (CAREFUL if stops else LOOP) if step else ""
    lines = ["import numpy as np", "import nnbook_lib as nn", ""]
    lines += _data(*experiment.shared.values())
    lines += ["loss = nn.SoftmaxCrossEntropy()", *[f"steps = {step}"] * (step > 0), "", ""]
    lines += [LEARN.replace("LOOP\n", loop), ""]
    for name, own in experiment.sides.items():
        lines += [*_network(own), *_learn(name, own), ""]
    return "\n".join(lines).rstrip() + "\n"


def _data(data: str, noise: float) -> list[str]:
    made = "rng = np.random.default_rng(0)"
    if data == "digits":
        rows = f"[:{IMAGES}]"
        lines = [f"x, t = nn.datasets.digits().x{rows}, nn.datasets.digits().t{rows}"]
    elif data == "xor":
        times = ROWS // 4
        lines = [f"x, t = (np.tile(a, ({times}, 1)) for a in nn.datasets.xor())"]
        lines.append("t = t[:, 0].astype(int)")
    else:
        return [made, f"x, t = nn.datasets.{data}({ROWS}, noise={noise!r}, rng=rng)"]
    if noise:
        lines = [made, *lines, f"x = x + {noise!r} * rng.standard_normal(x.shape)"]
    return lines


def _network(own: Settings) -> list[str]:
    d_in, classes = (64, 10) if own["data"] == "digits" else (2, 2)
    told = [f"{name}={_value(value)}" for name, value in shape(own).items()]
    told.append(f"rng=np.random.default_rng({own['seed']})")
    return [_wrapped(f"net = nn.mlp({d_in}, {classes}, ", told)]


def _learn(name: str, own: Settings) -> list[str]:
    kind = OPTIMIZERS[own["optimizer"]].__name__
    lines, lr = [], repr(own["lr"])
    if own["schedule"] != "constant":
        lines.append(f"rate = nn.optimizers.{_schedule(own)}")
        lr = "rate"
    lines.append(f"opt = nn.{kind}(lr={lr})")
    given, how = [], own["inputs"]
    if how != "plain":
        lines.append(
            {
                "times 100": "inputs = 100 * x",
                "off center": "inputs = x + 10",
                "stretched": "inputs = x * np.geomspace(10, 1, x.shape[1])",
                "standardized": "inputs = nn.StandardScaler().fit_transform(x)",
            }[how]
        )
        given.append("inputs")
    if own["shuffled"]:
        lines += [
            "rng = np.random.default_rng(2)",
            f"labels, mixed = t.copy(), rng.random(len(t)) < {own['shuffled']!r}",
            "labels[mixed] = rng.permutation(labels[mixed])",
        ]
        given.append("labels" if given else "t=labels")
    if own["batch"] != 32:
        given.append(f"batch={own['batch']}")
    if own["clip"]:
        given.append(f"clip={own['clip']!r}")
    return [
        *lines,
        _wrapped(
            "learn(", [f'"{name}"', "net", "opt", f"np.random.default_rng({own['seed']})", *given]
        ),
    ]


def _schedule(own: Settings) -> str:
    lr, ends = repr(own["lr"]), f"floor={floor(own)!r}"
    return {
        "steps": f"step_decay({lr}, every={EVERY})",
        "cosine": f"cosine({lr}, steps={COURSE}, {ends})",
        "warm-up": f"cosine({lr}, steps={COURSE}, warmup={WARMUP}, {ends})",
    }[own["schedule"]]


def _value(value: object) -> str:
    if callable(value):  # an initializer that is made
        return f"nn.initializers.normal({1.0 if value is LARGE else 0.01})"
    return repr(value).replace("'", '"')


def _wrapped(call: str, arguments: list[str], width: int = 78) -> str:
    """call(a, b, c) in one line, or in as many as it needs."""
    lines, line = [], call
    for i, argument in enumerate(arguments):
        piece = argument + (")" if i == len(arguments) - 1 else ", ")
        if len((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * (call.index("(") + 1)
        line += piece
    return "\n".join([*lines, line])
