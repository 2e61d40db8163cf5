"""Patient 13 of the clinic: learning rate 100 times too small."""

from __future__ import annotations

from ...optimizers import SGD, Adam, Momentum
from ..exercise import Mistake, add
from .networks import STEPS
from .trials import PATIENCE, TEST, Trials, deep, digits, learn


def timid(opt=SGD, lr=0.1, epochs=5, **how):
    return lambda x, t: learn(deep(**how), opt(lr), x, t, epochs)


trials = Trials(digits, "net, opt", TEST)
add(
    "clinic.patient_13",
    "Patient 13: better every day, a little",
    level=1,
    reference=timid(),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "after 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "Time heals this patient, and it had none: 225 steps are enough for a network of this size. "
            "Look at how far each of them goes.",
        ),
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "Still ill. By how much of its size does a step move a weight matrix, and how much is usual?",
        ),
    ),
    mistakes=[
        *trials.mistakes(timid(lr=0.001)),
        Mistake(
            "More steps of the same length. At many times the price they lead farther: you pay with days for "
            "what one number costs nothing. Look at the step sizes.",
            timid(lr=0.001, epochs=8),
            when=trials.knows(lambda c: c.opt.steps > STEPS and c.opt.lr < 0.01),
        ),
        Mistake(
            "The right direction, half of the way: five epochs at this rate still end too early. Go on by "
            "a power of ten.",
            timid(lr=0.01),
            when=trials.knows(
                lambda c: type(c.opt) is SGD and 0.001 < c.opt.lr < 0.05 and c.opt.steps <= STEPS
            ),
        ),
        Mistake(
            "Too far: now the steps are too long, and the units die in the first few.",
            timid(lr=5.0),
            when=trials.knows(lambda c: type(c.opt) is SGD and c.opt.lr > 0.5),
        ),
        Mistake(
            "Momentum adds up the last ten steps or so: with this rate it is worth a factor of 10, and 100 "
            "are missing.",
            timid(Momentum, 0.001),
            when=trials.knows(
                lambda c: isinstance(c.opt, Momentum) and c.opt.lr <= 0.002 and c.opt.steps <= STEPS
            ),
        ),
        Mistake(
            "Adam's step is as long as its learning rate, whatever the gradient; with this one it is as "
            "timid as the old one. Adam wants a rate of its own.",
            timid(Adam, 0.0001),
            when=trials.knows(lambda c: isinstance(c.opt, Adam) and c.opt.lr < 0.001),
        ),
        Mistake(
            "With this rate five epochs are enough. Leave batches and epochs as they were: 225 steps.",
            timid(lr=0.1, epochs=8),
            when=trials.knows(lambda c: c.opt.steps > STEPS and c.opt.lr >= 0.01),
        ),
        Mistake(
            "The rate is still 0.001 or less, so a step is still a ten thousandth of the weights or less, in "
            "a network of any width or activation.",
            timid(lr=0.001, width=64),
            when=trials.knows(
                lambda c: type(c.opt) is SGD and c.opt.lr <= 0.001 and c.opt.steps <= STEPS
            ),
        ),
    ],
)
