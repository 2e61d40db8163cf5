"""The runs of the landmark of 2016 that take longer than a notebook may.

    python benchmarks/landmark_edge_of_chaos.py

writes nnbook_lib/data/landmark_edge_of_chaos.json: the training accuracy of tanh networks of 10 to 120
layers after 200 steps, for weights of several variances around the edge. Its seconds are in
the file; ours ran on a busy machine.

    python benchmarks/landmark_edge_of_chaos.py slower

adds the deepest of them with smaller rates and 800 steps.
"""

import json
import platform
import sys
from datetime import UTC, datetime
from time import perf_counter

import numpy as np

import nnbook_lib as nn
from nnbook_lib.landmarks import edge_of_chaos as chaos

VAR_B, RATE, STEPS, WIDTH = 0.05, 0.01, 200, 100
VAR_WS = 1.0, 1.2, 1.4, 1.6, 1.76, 2.0, 2.25, 2.5, 3.0, 4.0
DEPTHS = 5, 10, 20, 30, 40, 60, 80, 120
SLOWER = (1.76, 80, 0.003), (1.76, 120, 0.001), (1.2, 120, 0.001), (2.5, 120, 0.001)
digits = nn.datasets.digits()
x, loss = digits.x.astype(np.float32), nn.SoftmaxCrossEntropy()


def accuracy(depth, var_w, seed, rate=RATE, steps=STEPS):
    net = chaos.random_net(depth, var_w, VAR_B, seed=seed, width=WIDTH)
    rng = np.random.default_rng(seed)
    try:
        for step in nn.train(net, loss, nn.SGD(rate), x, digits.t, batch=64, epochs=99, rng=rng):
            if step.step == steps:
                break
    except nn.Diverged:
        return 0.0
    return round(float(nn.accuracy(net, x, digits.t)), 3)


def made(command, began):
    """Where a result comes from."""
    return {
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "seconds": round(perf_counter() - began),
    }


def all_depths():
    runs = []
    for var_w in VAR_WS:
        for depth in DEPTHS:
            got = [accuracy(depth, var_w, seed) for seed in range(3)]
            runs.append({"var_w": var_w, "depth": depth, "accuracy": got})
            print(runs[-1], file=sys.stderr, flush=True)
    return {"var_b": VAR_B, "rate": RATE, "steps": STEPS, "width": WIDTH, "runs": runs}


def slower():
    runs = []
    for var_w, depth, rate in SLOWER:
        got = [accuracy(depth, var_w, seed, rate, 800) for seed in range(2)]
        runs.append({"var_w": var_w, "depth": depth, "rate": rate, "accuracy": got})
        print(runs[-1], file=sys.stderr, flush=True)
    return {"steps": 800, "runs": runs}


if __name__ == "__main__":
    began, command = perf_counter(), "python benchmarks/landmark_edge_of_chaos.py"
    if sys.argv[1:] == ["slower"]:
        result, found = chaos.stored(), slower()
        result["slower"] = made(f"{command} slower", began) | found
    else:
        found = all_depths()
        result = made(command, began) | found
    chaos.STORED.write_text(json.dumps(result, indent=1) + "\n")
