"""Exercises on the training loop: gradients that add up, a script to repair."""

from __future__ import annotations

from ...answers.script import (
    BATCH,
    EPOCHS,
    PER_EPOCH,
    SAMPLES,
    does,
    left_in,
    shows_no_numbers,
    sums,
    training_script,
)
from ...exercise import Demand, Mistake, add

add(
    "practice.accumulate",
    "Twice backward",
    level=1,
    reference=12.0,
    remark="PyTorch's own loop therefore begins with opt.zero_grad(). JAX and TensorFlow hand back a new "
    "gradient each time, and nothing adds up unless you add it.",
    mistakes=[
        Mistake(
            "6 is the gradient once. backward() adds to .grad, and nobody has zeroed it between the calls.",
            6.0,
        ),
        Mistake(
            "36 multiplies the two gradients. They are added: 6 + 6.",
            36.0,
        ),
        Mistake(
            "9 is the loss. Its derivative by w is 2 w, and it is added twice.",
            9.0,
        ),
        Mistake(
            "18 adds the losses. The gradients are added, and each is 2 w.",
            18.0,
        ),
        Mistake(
            "Nothing sets the gradient to zero here, and the second call does not cancel the first: it adds "
            "to it.",
            0.0,
        ),
        Mistake(
            "108 is the slope of w to the fourth. The two squares are not put into each other: each has its "
            "own call, and their gradients are added.",
            108.0,
        ),
        Mistake(
            "3 is neither gradient nor sum: it is w itself, or half of one gradient. Each backward adds its "
            "whole gradient to what is there.",
            3.0,
        ),
        Mistake(
            "Twice 2 is the sum of the second derivatives. The slope of w² at 3 is 2 w = 6.",
            4.0,
        ),
        Mistake(
            "15 adds loss and gradient. They are two things: backward() puts the gradient into .grad, and "
            "the loss nowhere.",
            15.0,
        ),
        Mistake(
            "2 is the second derivative. backward() gives the first, 2 w, and adds it.",
            2.0,
        ),
        Mistake(
            "24 is four times the gradient. There are two calls, and each adds one.",
            24.0,
        ),
        Mistake(
            "No error comes: each line builds a graph of its own, so nothing is missing in the second call. "
            "Answer with the number that is in w.grad.",
            "RuntimeError",
            when=lambda answer: isinstance(answer, str) and "error" in answer.lower(),
        ),
    ],
)


add(
    "practice.script",
    "Repair a training script",
    level=3,
    reference=training_script,
    remark="With an optimizer of the library the inner loop is two lines, nn.loss_and_grad(...) and "
    "opt.step(net.theta, net.grad); nn.train does the rest of it.",
    demands=[
        Demand(
            "it trains the network that it is given",
            does(lambda seen: len(seen.batches) > 0),
            "The network was shown no batch. Keep the line nn.loss_and_grad(net, loss, ...), with the `net` "
            "and the `loss` that the script is given.",
        ),
        Demand(
            "it makes the steps of all its epochs",
            does(lambda seen: len(seen.batches) == EPOCHS * PER_EPOCH),
            f"With {SAMPLES} samples, batches of {BATCH} and {EPOCHS} epochs there are "
            f"{EPOCHS} · {PER_EPOCH} = {EPOCHS * PER_EPOCH} steps: the last batch of an epoch is a "
            "smaller one. Leave the two loops as they are.",
        ),
        Demand(
            "the pixels that reach the network are of unit size",
            does(lambda seen: seen.scaled),
            "The pixels run from 0 to 16. Between 0 and 1 they are of the size that the network's weights "
            "are made for: divide them by 16, once, before the loops.",
        ),
        Demand(
            "every epoch shows every sample once",
            does(lambda seen: seen.complete),
            "In an epoch every sample should come once, and here some come twice and others never. Draw one "
            "permutation of all samples, rng.permutation(len(x)), at the beginning of the epoch, and let "
            "each batch take its rows from it.",
        ),
        Demand(
            "each image comes with its own label",
            does(lambda seen: seen.together),
            "Images and labels have come apart: the same rows must be taken from `x` and from `t`.",
        ),
        Demand(
            "the batches are mixed anew in each epoch",
            does(lambda seen: seen.mixes),
            "Some epochs have the same batches: the permutation must be drawn anew at the beginning of "
            "each.",
        ),
        Demand(
            "the same rng gives the same training",
            does(lambda seen: seen.repeats),
            "Run twice with the same seed, it gives two results. Draw from the generator `rng` that it is "
            "given, not from np.random.",
        ),
        Demand(
            "each step is -lr times the gradient of its own batch",
            does(lambda seen: seen.steps_are(seen.gradients)),
            "Some step is not -lr times the gradient of its own batch. After nn.loss_and_grad that gradient "
            "stands in net.grad, and it alone should move net.theta.",
        ),
        Demand(
            "it leaves x and t as they were",
            does(lambda seen: not seen.changed),
            "The script writes into its data: run a second time, it would divide or shuffle them again. "
            "x = x / 16 makes a new array, x /= 16 does not.",
        ),
    ],
    mistakes=[
        Mistake(
            "Nothing is mended yet. Compare the script with the chapter's loop line by line; there are three "
            "faults.",
            left_in("scale", "order", "zero"),
            when=does(
                lambda seen: (
                    max(seen.largest) == 16
                    and seen.in_given_order
                    and seen.steps_are(sums(seen.gradients))
                )
            ),
        ),
        Mistake(
            "The pixels that reach the network still run from 0 to 16. Divide them by 16 before they go in.",
            left_in("scale"),
            when=does(
                lambda seen: (
                    len(seen.batches) == EPOCHS * PER_EPOCH
                    and min(seen.largest) == 16
                    and not (seen.in_given_order and seen.steps_are(sums(seen.gradients)))
                )
            ),
        ),
        Mistake(
            "The pixels are divided again in every epoch, so they shrink and shrink. Once, before the loops, "
            "is enough.",
            left_in("scale", "again"),
            when=does(lambda seen: seen.largest[-1] < 0.1 * seen.largest[0]),
        ),
        Mistake(
            "The pixels are too small now. They run from 0 to 16, not to 255: divide by 16.",
            left_in("255"),
            when=does(lambda seen: 0.01 < max(seen.largest) < 0.1 and seen.largest[-1] > 0.01),
        ),
        Mistake(
            "The labels do not follow the images: where x[rows] are taken in another order, t[rows] must be "
            "taken too.",
            left_in("labels"),
            when=does(lambda seen: seen.scaled and seen.complete and not seen.together),
        ),
        Mistake(
            "The samples come as they stand in the data, in every epoch. Draw a new order in each, with "
            "rng.permutation(len(x)), and take the batches' rows from it.",
            left_in("order"),
            when=does(lambda seen: seen.scaled and seen.together and seen.in_given_order),
        ),
        Mistake(
            "Every epoch has the same batches. It is not enough to draw an order once, or to shuffle whole "
            "batches: the permutation of the *samples* must be drawn anew at the beginning of each epoch.",
            left_in("once"),
            when=does(
                lambda seen: (
                    seen.scaled
                    and seen.complete
                    and seen.together
                    and seen.same_batches
                    and not seen.in_given_order
                )
            ),
        ),
        Mistake(
            "The gradients of all steps so far are added up. A step is to use that of its own batch alone.",
            left_in("zero"),
            when=does(lambda seen: seen.mixes and seen.steps_are(sums(seen.gradients))),
        ),
        Mistake(
            "Within an epoch the gradients are still added up. Set `grad` back for each *batch*, or use "
            "net.grad as it is.",
            left_in("epoch"),
            when=does(lambda seen: seen.mixes and seen.steps_are(sums(seen.gradients, PER_EPOCH))),
        ),
        Mistake(
            "Your steps go up: theta moves against the gradient, so the sign is minus.",
            left_in("sign"),
            when=does(lambda seen: seen.mixes and seen.steps_are(-seen.gradients)),
        ),
        Mistake(
            "The parameters never move. Is the gradient set to zero before it is used, or is net.theta given "
            "another name, which alone is changed?",
            lambda net, loss, x, t, lr, *rest: training_script(net, loss, x, t, 0.0, *rest),
            when=does(lambda seen: seen.mixes and not seen.steps.any()),
        ),
        Mistake(
            "What you show the network holds NaN or infinity before any layer has seen it. A pixel that is "
            "0 on every image has the deviation 0, and 0/0 is NaN: divide all pixels by 16.",
            left_in("nan"),
            when=shows_no_numbers,
        ),
    ],
)
