"""Exercise: a method of diagnosis, as a function."""

from __future__ import annotations

from ...answers.suspect import (
    CONDITIONS,
    FAULTS,
    another_limit,
    equal_is_a_fault,
    in_order,
    lists_all,
    renamed,
    suspect,
    suspect_cases,
    suspected,
    with_limit,
)
from ...exercise import Mistake, add

add(
    "practice.suspect",
    "A method, as a function",
    level=2,
    reference=suspect,
    cases=lambda rng: suspect_cases(),
    remark="The order is a habit, not a law: it goes from what costs a glance to what costs a training "
    "run, and from causes to what they cause.",
    mistakes=[
        *(
            Mistake(
                f'Your limit for "{fault}" is another than the table\'s: {CONDITIONS[k]}.',
                with_limit(k, (2, 0.5, 1e-2, 100, 0.1, 1e-4)[k]),
                when=another_limit(k),
            )
            for k, fault in enumerate(FAULTS)
        ),
        Mistake(
            "`^` is no power in Python: 10^3 is 9, and 10^-3 is -9. Write 1e3 and 1e-3.",
            lambda *measured: suspected(measured, limits=(3, 0.8, -9, 9, 0.3, 1e-5)),
        ),
        Mistake(
            "You return a collection. Wanted is one text, that of the first row whose condition holds.",
            lambda *measured: [suspect(*measured)],
            when=lists_all,
        ),
        Mistake(
            'You say "exploding gradients" where they vanish, too: a `ratio` below 1e-3 has a row of its '
            "own.",
            lambda *measured: suspect(*measured).replace("vanishing", "exploding"),
        ),
        Mistake(
            'You say "vanishing gradients" where they explode, too: a `ratio` above 1e3 has a row of its '
            "own.",
            lambda *measured: suspect(*measured).replace("exploding", "vanishing"),
        ),
        Mistake(
            "You ask for the learning rate first. Steps can be small *because* the gradient has vanished: "
            "the rate comes last in the table.",
            in_order(4, 5, 0, 1, 2, 3),
        ),
        Mistake(
            "You ask for the steps before the gradient. Steps can be small *because* the gradient has "
            "vanished, so the gradient comes first.",
            in_order(0, 1, 4, 5, 2, 3),
        ),
        Mistake(
            "You ask for the gradient before the units. Behind dead units nothing arrives, so there the "
            "gradient is a symptom, not the cause.",
            in_order(0, 2, 3, 1, 4, 5),
        ),
        Mistake(
            "You ask for the units before the loss at the start. The outputs come first in the table.",
            in_order(1, 0, 2, 3, 4, 5),
        ),
        Mistake(
            "Where several hold you return the last one, as if each `if` overwrote what the one before "
            "had found. Return at once, or go on with `elif`.",
            in_order(5, 4, 3, 2, 1, 0),
        ),
        Mistake(
            "Your result is as if only the last question were asked. An `else` belongs to the `if` right "
            "above it: with `if` after `if`, the last `else` overwrites what was found before. Return at "
            "once, or write `elif`.",
            in_order(5),
        ),
        *(
            Mistake(
                f'You never say "{fault}": the row is missing, or its condition can\'t hold'
                f"{' (`dead` is a fraction, from 0 to 1)' if k == 1 else ''}.",
                in_order(*(j for j in range(6) if j != k)),
            )
            for k, fault in enumerate(FAULTS)
        ),
        Mistake(
            "A number at its limit is no fault yet: *above* is `>` and *below* is `<`, without the equals "
            "sign.",
            in_order(*range(6), at_limit=True),
            when=equal_is_a_fault,
        ),
        Mistake(
            "Your result is as if `guess` were always that of ten classes, 2.3. It is an argument: with two "
            "classes or a thousand, knowing nothing costs something else.",
            in_order(*range(6), guess=2.3),
        ),
        Mistake(
            "Your vanishing and exploding are exchanged. `ratio` is the first layer's gradient over the "
            "last one's: where it vanishes on its way down, the ratio is small.",
            renamed("vanishing gradients", "exploding gradients"),
        ),
        Mistake(
            "Your two learning rates are exchanged: long steps come of a rate that is too large.",
            renamed("learning rate too large", "learning rate too small"),
        ),
    ],
)
