"""Exercise: twenty steps of an LSTM against twenty layers."""

from __future__ import annotations

from ...exercise import Mistake, add

# At learning rate 0.01, as races.learn gives it; a test measures some of it.
RIGHT = {
    "sigmoid": {5: 0.25, 10: 0.10, 20: 0.10},
    "tanh": {5: 0.89, 10: 0.78, 20: 0.22},
    "relu": {5: 0.86, 10: 0.65, 20: 0.36},
    "LSTM": {5: 0.90, 10: 0.90, 20: 0.84},
}


def deepest(enough=0.5):
    """By kind, the largest depth with more than this share of the validation digits right, or 0."""
    return {
        kind: max((depth for depth, share in right.items() if share > enough), default=0)
        for kind, right in RIGHT.items()
    }


FIRST_TO_FAIL = {"sigmoid": 5, "tanh": 20, "relu": 20, "LSTM": 0}
SMALLEST = {"sigmoid": 0, "tanh": 5, "relu": 5, "LSTM": 5}
COUNTS = {"sigmoid": 0, "tanh": 2, "relu": 2, "LSTM": 3}
WHOLE = (FIRST_TO_FAIL, SMALLEST, COUNTS)  # answers to another question


def says(kind, *depths):
    """Whether an answer has one of these depths for this kind, and depths everywhere."""
    return lambda answer: (
        answer not in WHOLE
        and answer[kind] in depths
        and all(depth in (0, 5, 10, 20) for depth in answer.values())
    )


def shares(answer):
    """Whether its numbers are shares: all between 0 and 1, and none of them 0 or 1."""
    return set(answer) == set(RIGHT) and all(0 < share < 1 for share in answer.values())


add(
    "recurrent.depth",
    "Twenty steps against twenty layers",
    level=1,
    reference=deepest(),
    stops=(0, 5, 10, 20),
    remark="Highway networks (Srivastava and others, 2015) gave such gates to plain networks, and trained "
    "a hundred layers. A skip connection is a gate that stays open.",
    mistakes=[
        Mistake(
            "Those are shares of the digits. Asked are depths: the largest of 5, 10 and 20 at which the "
            "share is above a half, or 0.",
            {kind: right[20] for kind, right in RIGHT.items()},
            when=shares,
        ),
        Mistake(
            "You have counted at how many of the depths each does it. Asked is the largest of these depths "
            "itself.",
            COUNTS,
        ),
        Mistake(
            "Those are the smallest depths at which it works. Asked are the largest.",
            SMALLEST,
        ),
        Mistake(
            "Those are the first depths at which it fails, and 0 for who never does. Asked are the last at "
            "which it still works.",
            FIRST_TO_FAIL,
        ),
        Mistake(
            'The keys are "sigmoid", "tanh", "relu" and "LSTM", spelled like this, and no others.',
            {"sigmoid": 0, "tanh": 10, "ReLU": 10, "lstm": 20},
            when=lambda answer: isinstance(answer, dict) and set(answer) != set(RIGHT),
        ),
        Mistake(
            "The sigmoid networks never get to a half, not even with 5 layers: for none at all the "
            "task says 0.",
            deepest() | {"sigmoid": 5},
            when=says("sigmoid", 5, 10, 20),
        ),
        Mistake(
            "The LSTM goes further than that. Look at the first percentage of the caption at depth 20.",
            deepest() | {"LSTM": 10},
            when=says("LSTM", 0, 5, 10),
        ),
        Mistake(
            "tanh at 20 layers stays far below a half. (With a smaller learning rate it gets there; here the "
            "rate is 0.01.)",
            deepest() | {"tanh": 20},
            when=says("tanh", 20),
        ),
        Mistake(
            "ReLU at 20 layers gets 36 %, less than a half.",
            deepest() | {"relu": 20},
            when=says("relu", 20),
        ),
        Mistake(
            "tanh can do more layers than that: read its percentage at the next depth.",
            deepest() | {"tanh": 5},
            when=says("tanh", 0, 5),
        ),
        Mistake(
            "ReLU can do more layers than that: read its percentage at the next depth.",
            deepest() | {"relu": 5},
            when=says("relu", 0, 5),
        ),
    ],
)
