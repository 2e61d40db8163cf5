"""The runs of the landmark of 2010 that take longer than a notebook may.

    python benchmarks/landmark_glorot.py

writes nnbook_lib/data/landmark_glorot.json: the sigmoid's escape from saturation with three, four and
five hidden layers, for batches at random and with one digit of each kind, and the test error of five
tanh layers after both initializations. Its seconds are in the file.
"""

import json
import platform
import sys
from datetime import UTC, datetime
from itertools import count, islice
from time import perf_counter

import numpy as np

import nnbook_lib as nn
from nnbook_lib.landmarks import glorot

EPOCH = 144  # steps: 1442 training digits in batches of ten
SEEDS = range(3)
# hidden layers, balanced batches, epochs at most
ESCAPES = (3, False, 100), (4, False, 300), (5, False, 300), (3, True, 100), (4, True, 300)
digits = nn.datasets.digits()
x, x_test = digits.x.astype(np.float32), digits.x_test.astype(np.float32)
loss = nn.SoftmaxCrossEntropy()


def escape(depth, balanced, most, seed):
    """Train sigmoid layers until the training loss is below 1, or for `most` epochs."""
    run = glorot.sigmoid_run(x, digits.t, depth=depth, balanced=balanced, seed=seed)
    lowest, net = 1.0, None
    for epoch in count(1):
        net = list(islice(run, EPOCH))[-1]
        means = glorot.layer_means(net, x[:300])
        lowest = min(lowest, float(means[-1]))
        value, _ = loss.forward(net.forward(x)[0], digits.t)
        if value < 1 or epoch == most:
            return {
                "depth": depth,
                "balanced": balanced,
                "seed": seed,
                "lowest mean of the top layer": round(lowest, 4),
                "epochs until the loss is below 1": epoch if value < 1 else None,
                "epochs at most": most,
            }


def final_error(init, seed, epochs=40):
    """The test error of five tanh layers, the mean of the last five epochs, in percent."""
    rng = np.random.default_rng(seed)
    how = {"depth": 5, "width": 100, "activation": "tanh", "dtype": np.float32}
    net = nn.mlp(64, 10, init=init, rng=rng, **how)
    errors = []
    for step in nn.train(net, loss, nn.SGD(0.1), x, digits.t, batch=10, epochs=epochs, rng=rng):
        if step.ends_epoch:
            errors.append(100 * (1 - nn.accuracy(net, x_test, digits.t_test)))
    return {"init": init, "seed": seed, "test error": round(float(np.mean(errors[-5:])), 3)}


if __name__ == "__main__":
    began = perf_counter()
    result = {
        "command": "python benchmarks/landmark_glorot.py",
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "escapes": [],
        "errors": [],
    }
    for init in "heuristic", "xavier_uniform":
        for seed in range(5):
            result["errors"].append(final_error(init, seed))
            print(result["errors"][-1], file=sys.stderr)
    for depth, balanced, most in ESCAPES:
        for seed in SEEDS:
            result["escapes"].append(escape(depth, balanced, most, seed))
            print(result["escapes"][-1], file=sys.stderr)
    result["seconds"] = round(perf_counter() - began)
    glorot.STORED.write_text(json.dumps(result, indent=1) + "\n")
