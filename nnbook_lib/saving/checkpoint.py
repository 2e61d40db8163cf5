"""save and load: a network, and what goes with it, in one file.

nn.save("penguins.npz", {"net": net, "scaler": scaler, "classes": names})
net = nn.load("penguins.npz")["net"]
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from ..activations import Activation
from ..shapes import got
from . import archive
from .filling import Filler
from .tree import Reader, Writer, form_of


def save(path: str | os.PathLike, what: Any) -> None:
    """Write `what` into the file `path`, from which `load` makes it again.

    what: a Network, an optimizer, a StandardScaler, a Table (its form, for `read_table(path, like=)`,
    not its rows), a generator, an array, numbers or text, or a
    dict, list or tuple of these. Of a network everything is kept: parameters, batch norm's running
    averages, all options, where the generator of a Dropout stands, and which layers are one; of an
    optimizer its moments, steps and rate. So training can go on as if it had not been interrupted:

        nn.save("run.npz", {"net": net, "opt": opt, "rng": rng})

    The file is numpy's .npz, which is added to the name where it is missing, without any pickle. It
    is written beside the old one and put in its place at the end: an interrupted save leaves the old
    one whole. Gradients, and functions such as a schedule written as a lambda, are not kept.

    Raises TypeError for what can't be kept, ValueError for a network whose layers have lost their
    arrays, OSError where the file can't be written.
    """
    archive.place("nn.save", path)
    writer = Writer()
    tree = writer.node(what)
    forms = {name: form_of(array) for name, array in writer.arrays.items()}
    description = {"what": tree, "things": writer.things, "arrays": forms}
    archive.write(path, description, writer.arrays)


def load(path: str | os.PathLike, *, into: Any = None, own: Iterable[Any] = ()) -> Any:
    """What `save` has written into the file: the same things, made again; or `into`, filled.

    Layers and optimizers of classes you wrote yourself are made again if `own` lists the classes,
    activations of yours if it lists them; their constructors are not called. What holds a function
    can't be made from a file: build it as it was, and have it filled,

        nn.load("net.npz", into=net)
        nn.load("run.npz", into={"net": net, "opt": opt})      # and returns all of the dict

    into: of the build that was saved; of a dict, those to be filled. The path may leave out .npz.

    Raises FileNotFoundError where there is no such file; ValueError for a file that save has not
    written, that is of a newer version, cut short or damaged, that needs `own` or `into`, and where
    `into` is of another build, with the first differences. Nothing is then filled.
    """
    known = _by_name(own)
    description, arrays = archive.read(path)
    try:
        _complete(description["arrays"], arrays)
        parts = description["things"], arrays, known
        if into is None:
            return Reader(*parts).value(description["what"])
        filler = Filler(*parts)
        filled = filler.match(description["what"], into)
        filler.fill()
        return filled
    except Exception as error:  # a description may be changed in any way
        said = str(error).rstrip(".") if isinstance(error, ValueError) else ""
        said = said or f"its description makes no sense, {type(error).__name__}: {error}"
        raise ValueError(f"nn.load: {os.fspath(path)}: {said}.") from error


def _by_name(own: Iterable[Any]) -> dict[str, Any]:
    """The reader's classes and activations by their names; TypeError for what is neither."""
    own = list(own) if isinstance(own, (list, tuple, set)) else [own]
    for each in own:
        if not isinstance(each, (type, Activation)):
            raise TypeError(
                f"nn.load: own lists classes of layers, and activations, of yours; got {got(each)}. Write "
                "own=[MyLayer], with the class itself."
            )
    return {each.__name__ if isinstance(each, type) else each.name: each for each in own}


def _complete(forms: dict[str, list], arrays: dict) -> None:
    """Raise ValueError unless the arrays are those that the description names."""
    lacks = [name for name in forms if name not in arrays]
    besides = [name for name in arrays if name not in forms]
    others = [
        f"{name}, {form_of(arrays[name])} and not {form}"
        for name, form in forms.items()
        if name in arrays and form_of(arrays[name]) != form
    ]
    for what, names in ("lacks", lacks), ("has besides", besides), ("has changed", others):
        if names:
            raise ValueError(
                f"its arrays are not those that were saved; it {what} {'; '.join(names[:3])}. Save it "
                "again, with nn.save"
            )
