"""The runs of the landmark of 2015 that take longer than a notebook may.

    python benchmarks/landmark_he.py
    python benchmarks/landmark_he.py more

The first writes nnbook_lib/data/landmark_he.json: for networks of 14 to 30 weight layers and both scales, the
epochs until they learn; the test error of those that do; and what revives Xavier's thirty layers. Its seconds
are in the file; ours ran on a busy machine. The second, a minute, adds controls: eleven further seeds of
Xavier's 22 layers, He's 30 layers with Adam, and 300 draws of He's 30 layers before training.
"""

import json
import platform
import sys
from datetime import UTC, datetime
from time import perf_counter

import numpy as np

import nnbook_lib as nn
from nnbook_lib import diagnostics
from nnbook_lib.landmarks import he

SEEDS = range(3)
RATE = 0.003
digits = nn.datasets.digits()
x, x_test = digits.x.astype(np.float32), digits.x_test.astype(np.float32)
loss = nn.SoftmaxCrossEntropy()
REVIVALS = {
    **{f"momentum, rate {lr}": (nn.Momentum, lr, None) for lr in (0.001, 0.01, 0.03, 0.1, 0.3)},
    "Adam": (nn.Adam, 0.001, None),
    "RMSProp": (nn.RMSProp, 0.001, None),
    "batch norm": (nn.Momentum, 0.003, "batch"),
}


def learn(layers, scale, seed, epochs, opt, norm=None, goal=None):
    """The mean loss of each epoch, until it is below `goal`, and the test errors in percent."""
    net = he.deep(layers, scale, seed=seed, norm=norm)
    losses, errors, parts = [], [], []
    steps = nn.train(net, loss, opt, x, digits.t, epochs=epochs, rng=np.random.default_rng(seed))
    try:
        for step in steps:
            parts.append(step.loss)
            if step.ends_epoch:
                losses.append(float(np.mean(parts)))
                errors.append(100 * (1 - nn.accuracy(net, x_test, digits.t_test)))
                parts = []
                if goal and losses[-1] < goal:
                    break
    except nn.Diverged:
        losses.append(float("inf"))
    return losses, errors


def note(kind, result, **entry):
    result[kind].append(entry)
    print(kind, entry, file=sys.stderr, flush=True)


def made(command):
    """Where a result comes from."""
    return {
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def more():
    """Controls, which the landmark's text needs."""
    began, result = perf_counter(), made("python benchmarks/landmark_he.py more")
    result |= {"epochs": [], "Adam": [], "draws": []}
    for seed in range(100, 111):
        losses, _ = learn(22, "xavier", seed, 150, nn.Momentum(RATE), goal=1)
        epochs = len(losses) if losses[-1] < 1 else None
        note("epochs", result, layers=22, scale="xavier", seed=seed, most=150, epochs=epochs)
    for seed in SEEDS:
        losses, _ = learn(30, "he", seed, 60, nn.Adam(0.001), goal=1)
        note("Adam", result, seed=seed, epochs=len(losses) if losses[-1] < 1 else None)
    for seed in range(300):
        _, tape = nn.loss_and_grad(
            he.deep(30, "he", seed=seed), loss, x[:100], digits.t[:100], watch=True
        )
        u = [np.mean(record.y**2) for record in diagnostics.weight_records(tape)[:-1]]
        result["draws"].append(float(f"{u[-1] / u[0]:.3g}"))
    result["seconds"] = round(perf_counter() - began)
    return result


def everything():
    began = perf_counter()
    result = made("python benchmarks/landmark_he.py")
    result |= {"epochs": [], "errors": [], "revivals": []}
    for layers in 14, 18, 22, 26, 30:
        for scale in he.SCALES:
            most = 300 if layers == 30 else 150
            for seed in SEEDS:
                run = {"layers": layers, "scale": scale, "seed": seed, "most": most}
                losses, _ = learn(layers, scale, seed, most, nn.Momentum(RATE), goal=1)
                epochs = len(losses) if losses[-1] < 1 else None
                note("epochs", result, **run, epochs=epochs, lowest=round(min(losses), 3))
    for layers, scale in (14, "xavier"), (14, "he"), (30, "he"):
        for seed in range(5):
            _, errors = learn(layers, scale, seed, 60, nn.Momentum(RATE))
            last = round(float(np.mean(errors[-5:])), 2)
            note("errors", result, layers=layers, scale=scale, seed=seed, error=last)
    for name, (kind, lr, norm) in REVIVALS.items():
        for seed in SEEDS:
            losses, _ = learn(30, "xavier", seed, 60, kind(lr), norm=norm, goal=1)
            epochs = len(losses) if losses[-1] < 1 else None
            note("revivals", result, by=name, seed=seed, epochs=epochs)
    result["seconds"] = round(perf_counter() - began)
    return result


if __name__ == "__main__":
    if sys.argv[1:] == ["more"]:
        found = he.stored() | {"more": more()}
    else:
        found = everything()
    he.STORED.write_text(json.dumps(found, indent=1) + "\n")
