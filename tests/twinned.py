"""The first steps of the twin laboratory: what CPython and WebAssembly both run, as it stands."""

import base64
import json
import zlib

import numpy as np

from nnbook_lib.twins import Experiment, Twins
from nnbook_lib.twins.controls import BY_NAME

STEPS = 20


def experiments(data, norm):
    """{optimizer: an experiment with it}; what else there is goes through them in turn. Of the optimizers
    every third is taken, others for other data and norms: of data, norm and optimizer each two meet.
    """
    activations, schedules = BY_NAME["activation"].values, BY_NAME["schedule"].values
    found, k = {}, BY_NAME["norm"].values.index(norm)
    for i, optimizer in enumerate(BY_NAME["optimizer"].values):
        if (i + k + BY_NAME["data"].values.index(data)) % 3:
            continue
        own = {"optimizer": optimizer, "norm": norm, "lr": 0.01, "width": 8}
        own["activation"] = activations[(3 * i + k) % len(activations)]
        other = {"skip": True, "schedule": schedules[i % len(schedules)], "clip": 1.0}
        other |= {"dropout": 0.2} if norm is None else {}
        found[optimizer] = Experiment({"data": data}, own, other)
    return found


def first_steps(experiment):
    """After each of the first steps, of both networks: the loss, the accuracy, the first layer's
    delta, and two numbers in which every parameter has a part.
    """
    twins, seen = Twins(experiment), []
    for _ in range(STEPS):
        seen.append([])
        for side, one in zip(twins.advance().sides, twins.learners.values(), strict=True):
            theta = one.net.theta
            mixed = theta @ np.cos(np.arange(theta.size))
            seen[-1] += [side.loss, side.accuracy, side.delta[0], mixed, theta @ theta]
    return seen


def packed(data, norm):
    """`first_steps` of these experiments, as text so short that a page shows it whole."""
    told = json.dumps([first_steps(each) for each in experiments(data, norm).values()])
    return base64.b64encode(zlib.compress(told.encode())).decode()


def unpacked(text):
    """What was packed."""
    return json.loads(zlib.decompress(base64.b64decode(text)))
