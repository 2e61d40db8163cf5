"""The adding problem of 1997, learned by the nets of 1997, one sequence an update (Table 7, T = 100).

    OMP_NUM_THREADS=1 PYTHONPATH=. python benchmarks/landmark_adding.py

Writes nnbook_lib/data/landmark_adding.json, which book/landmarks/adding_problem.ipynb reads. Takes about
five minutes on one quiet core. Three kinds of nets learn side by side; all draws follow from the seed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import time
from pathlib import Path

import numpy as np

from nnbook_lib.landmarks.adding_problem import STORED, Nets1997, task_1997

LENGTH, CORRECT, AVERAGE, RECENT, TESTED = 100, 0.04, 0.01, 2000, 2560
# kind: (seeds, what a marked first pair is, whether the error is multiplied by the output's slope)
KINDS = {
    "as in the paper": (7, "zero", 1.0),
    "first pair unmarked": (2, "unmarked", 1.0),
    "without the slope": (3, "zero", 0.0),
}
EACH, SAVED = 500, 25_000  # sequences that are made at once, and between two results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sequences", type=int, default=125_000)
    parser.add_argument("--to", type=Path, default=STORED)
    asked = parser.parse_args()
    who = [(kind, seed) for kind, (seeds, *_) in KINDS.items() for seed in range(seeds)]
    rngs = [np.random.default_rng([1997, i]) for i in range(len(who))]
    nets, began = Nets1997(rngs), time.time()
    first = [KINDS[kind][1] for kind, _ in who]
    slope = np.array([KINDS[kind][2] for kind, _ in who])
    recent, curve = np.ones((RECENT, len(who))), []
    run, longest, average, both = (np.zeros(len(who), int) for _ in range(4))
    for done in range(0, asked.sequences, EACH):
        made = [
            task_1997(EACH, LENGTH, rng=rng, first=f) for rng, f in zip(rngs, first, strict=True)
        ]
        x, ends, t = (np.stack(parts, axis=1) for parts in zip(*made, strict=True))
        for k in range(EACH):
            error = nets.learn(x[k], ends[k], t[k, :, 0], slope=slope)
            n = done + k + 1
            recent[n % RECENT] = error
            run = np.where(error < CORRECT, run + 1, 0)
            longest = np.maximum(longest, run)
            low = recent.mean(axis=0) < AVERAGE
            average[low & (average == 0)] = n
            both[low & (run >= RECENT) & (both == 0)] = n
        if n % 5000 == 0:
            curve.append(recent.mean(axis=0))
            print(n, f"{time.time() - began:.0f} s", np.round(curve[-1], 4), flush=True)
        if n % SAVED == 0:
            found = [average, both, longest]
            save(asked.to, n, who, nets, rngs[0].spawn(1)[0], first, found, curve)


def save(path, sequences, who, nets, rng, first, found, curve) -> None:
    """What has come out so far."""
    average, both, longest = found
    result = {
        "command": "OMP_NUM_THREADS=1 PYTHONPATH=. python benchmarks/landmark_adding.py",
        "date": datetime.date.today().isoformat(),
        "seconds": round(time.process_time()),
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "sequences": sequences,
        "every": 5000,
        "nets": [],
    }
    for i, (kind, seed) in enumerate(who):
        x, ends, t = task_1997(TESTED, LENGTH, rng=rng, first=first[i])
        one = Nets1997([rng])
        one.P = np.repeat(nets.P[i : i + 1], TESTED, axis=0)
        one.Q = np.repeat(nets.Q[i : i + 1], TESTED, axis=0)
        error = np.abs(one.forward(x, ends)[0] - t[:, 0])
        wrong, far = error >= CORRECT, np.abs(t[:, 0] - 0.5) > 0.4
        result["nets"].append(
            {
                "kind": kind,
                "seed": seed,
                "average below 0.01 after": int(average[i]) or None,
                "both after": int(both[i]) or None,
                "longest run": int(longest[i]),
                "wrong of 2560": int(wrong.sum()),
                "of these with a target beyond 0.1 and 0.9": int((wrong & far).sum()),
                "targets beyond 0.1 and 0.9": int(far.sum()),
                "average test error": round(float(error.mean()), 5),
                "curve": [round(float(values[i]), 4) for values in curve],
                "weights": [
                    [float(f"{w:.6g}") for w in group] for group in (nets.P[i].ravel(), nets.Q[i])
                ],
            }
        )
    path.write_text(json.dumps(result) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
