"""Exercise: twenty steps of an LSTM against twenty layers."""

from __future__ import annotations

from ...exercise import Mistake, add

# At learning rate 0.01, as races.learn gives it; a test measures some of it.
RIGHT = {
    "sigmoid": {5: 0.27, 10: 0.10, 20: 0.10},
    "tanh": {5: 0.91, 10: 0.81, 20: 0.31},
    "relu": {5: 0.88, 10: 0.70, 20: 0.38},
    "LSTM": {5: 0.94, 10: 0.92, 20: 0.79},
}


def deepest(enough=0.5):
    """By kind, the largest depth with more than this share of the test digits right, or 0."""
    return {
        kind: max((depth for depth, share in right.items() if share > enough), default=0)
        for kind, right in RIGHT.items()
    }


def says(kind, test):
    """Whether an answer's number for this kind passes the test."""
    return lambda answer: test(answer[kind])


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
            "The sigmoid networks never get to a half, not even with 5 layers: for none at all the "
            "task says 0.",
            deepest() | {"sigmoid": 5},
            when=says("sigmoid", lambda depth: depth != 0),
        ),
        Mistake(
            "The LSTM goes further than that. Look at the first percentage of the caption at depth 20.",
            deepest() | {"LSTM": 10},
            when=says("LSTM", lambda depth: depth != 20),
        ),
        Mistake(
            "tanh at 20 layers gets about a third, less than a half. (With a smaller learning rate it does; "
            "here it is 0.01.)",
            deepest() | {"tanh": 20},
            when=says("tanh", lambda depth: depth == 20),
        ),
        Mistake(
            "ReLU at 20 layers gets 38 %, less than a half.",
            deepest() | {"relu": 20},
            when=says("relu", lambda depth: depth == 20),
        ),
        Mistake(
            "tanh can do more layers than that: read its percentage at the next depth.",
            deepest() | {"tanh": 5},
            when=says("tanh", lambda depth: depth < 10),
        ),
        Mistake(
            "ReLU can do more layers than that: read its percentage at the next depth.",
            deepest() | {"relu": 5},
            when=says("relu", lambda depth: depth < 10),
        ),
    ],
)
