"""Patient 2 of the clinic: learning rate 100 times too large."""

from __future__ import annotations

from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import STEPS
from .trials import PATIENCE, TEST, Trials, bends, deep, digits, learn


def giant(lr=0.1, activation="tanh", epochs=5, clip=None, **how):
    return lambda x, t: learn(deep(activation=activation, **how), SGD(lr), x, t, epochs, clip)


def same_rate(c):
    """Whether rate, steps and activation are the old ones."""
    return c.opt.lr == 10 and c.opt.steps == STEPS and "tanh" in bends(c.net) and c.right < 0.9


trials = Trials(digits, "net, opt", TEST)
add(
    "clinic.patient_2",
    "Patient 2: wobbles and stays at 10 %",
    level=1,
    reference=giant(),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "Still ill. How long is the first step, compared with the weights it moves? By how much "
            "would you have to shorten it to come into the gray band?",
        ),
        (
            "in the same 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "It is well, but took more steps than it had. A good rate needs no more than 225.",
        ),
    ),
    remark="A warmup, a rate that begins small and rises over the first steps, protects from the same harm "
    "where a large rate is wanted later.",
    mistakes=[
        *trials.mistakes(giant(10.0)),
        Mistake(
            "The right medicine, too little of it: the first step is still far above the gray band. Look at "
            "the step sizes again, and go down by powers of ten.",
            giant(5.0),
            when=trials.knows(lambda c: 1 < c.opt.lr < 10),
        ),
        Mistake(
            "Now the steps are too short: the loss falls, and five epochs end before it is down. The "
            "good rates lie between this one and the old one.",
            giant(0.002),
            when=trials.knows(
                lambda c: c.opt.lr < 0.01 and c.right < 0.9 and 0.5 * STEPS < c.opt.steps <= STEPS
            ),
        ),
        Mistake(
            "Fewer steps, by stopping earlier or by larger batches. At no moment of this course is the "
            "network well: the first step already throws the weights away.",
            giant(10.0, epochs=1),
            when=trials.knows(lambda c: c.opt.lr == 10 and c.opt.steps < STEPS),
        ),
        Mistake(
            "You train longer. The units are saturated after the first steps, and at this rate they "
            "are thrown from one end to the other, however long you wait.",
            giant(10.0, epochs=8),
            when=trials.knows(lambda c: c.opt.lr == 10 and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation, the same steps. What tanh suffers as saturation, the other suffers "
            "as dead units. The step is too long for both.",
            giant(10.0, activation="relu"),
            when=trials.knows(lambda c: c.opt.lr == 10 and "tanh" not in bends(c.net)),
        ),
        Mistake(
            "Clipping bounds the gradient, and the step is the rate times that: 10 times 1 is as long as "
            "before. It is the rate that is too large.",
            giant(10.0, clip=1.0),
            when=trials.knows(lambda c: same_rate(c) and c.clipped),
        ),
        Mistake(
            "The rate is still 10, so the first step still throws the weights away, in a network of any "
            "width or depth.",
            giant(10.0, width=64),
            when=trials.knows(lambda c: same_rate(c) and not c.clipped),
        ),
    ],
)
