"""What a file says of a thing: its kind, the options it is made with, and the state it gets then.

    Dense(64 -> 32)    kind "Dense", options {d_in: 64, d_out: 32}, state {W: ..., b: ...}

The library's kinds are in `FORMS`, and are made again by their constructors, which look at the
options. A layer of the reader's own is described by all that it keeps; to make it again, `load`
must be given its class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .. import activations
from ..activations import Activation, Softmax, leaky_relu_with
from ..containers import Residual, Sequential
from ..dense import Dense
from ..dropout import Dropout
from ..flatten import Flatten
from ..layer import Layer
from ..network import Network
from ..norm import BatchNorm, LayerNorm
from ..optimizers import SGD, Adam, AdamW, Momentum, Nesterov, Optimizer, RMSProp
from ..own_data.scaling import StandardScaler
from ..own_data.table import Table, without_rows
from ..pytorch.layers import gelu_exact
from ..recurrent import GRUCell, LSTMCell, Recurrent, RNNCell
from ..schedules import cosine, exponential, step_decay
from ..shapes import choose, got, whole

BIT_GENERATORS = {
    kind.__name__: kind
    for kind in (
        np.random.PCG64,
        np.random.PCG64DXSM,
        np.random.MT19937,
        np.random.Philox,
        np.random.SFC64,
    )
}


@dataclass(frozen=True)
class Form:
    """How a kind of thing is described and made again: make(**options), then its state is set."""

    make: Callable[..., Any]
    options: dict[str, str] = field(default_factory=dict)  # argument -> attribute
    state: tuple[str, ...] = ()  # attributes that are set afterwards


@dataclass(frozen=True)
class Described:
    """What a file says of one thing. own: the class is the reader's."""

    kind: str
    options: dict[str, Any]
    state: dict[str, Any]
    own: bool = False


FORMS: dict[str, Form] = {}
NAMES: dict[type, str] = {}  # of the classes that have a form


def register(
    kind: type,
    options: str | dict[str, str] = "",
    state: Sequence[str] = (),
    make: Callable[..., Any] | None = None,
) -> None:
    """Let save and load know a class: kind(**options) makes it again, then its state is set.

    options: the constructor's arguments, and the attributes where they are found; a text with their
    names, if these are the same. state: the attributes that are set afterwards, arrays mostly. Of a
    layer, its params and buffers are state without being named. make: in place of kind.
    """
    if isinstance(options, str):
        options = {name: name for name in options.split()}
    NAMES[kind] = kind.__name__
    FORMS[kind.__name__] = Form(make or kind, options, tuple(state))


def _cell(kind: type) -> Callable[..., Any]:
    return lambda **sizes: kind(**sizes, init="zeros", rng=np.random.default_rng(0))


def _of_layers(kind: type) -> Callable[..., Any]:
    return lambda layers: kind(*layers)


def _generator(bit_generator: str) -> np.random.Generator:
    return np.random.Generator(choose("bit generator", bit_generator, BIT_GENERATORS)(0))


register(Dense, "d_in d_out", make=lambda **sizes: Dense(**sizes, init="zeros"))
register(BatchNorm, {"d": "d_in", "momentum": "momentum", "eps": "eps"})
register(LayerNorm, {"d": "d_in", "eps": "eps"})
register(Dropout, "p rng")
register(Flatten, "d_out")
register(Softmax)
register(Recurrent, "cell return_sequences")
for each in (RNNCell, LSTMCell, GRUCell):
    register(each, {"d_in": "d_in", "d_hidden": "d_out"}, make=_cell(each))
for each in (Sequential, Residual, Network):
    register(each, "layers", make=_of_layers(each))
register(SGD, "lr weight_decay", ["steps"])
register(Momentum, "lr beta weight_decay", ["steps", "v"])
register(Nesterov, "lr beta weight_decay", ["steps", "v"])
register(RMSProp, "lr rho eps weight_decay", ["steps", "s"])
register(Adam, "lr betas eps weight_decay", ["steps", "m", "s"])
register(AdamW, "lr betas eps weight_decay", ["steps", "m", "s"])
register(StandardScaler, state=["mean_", "scale_"])
register(Table, "columns classes target taken source", make=without_rows)
register(step_decay, "lr every factor")
register(cosine, "lr steps warmup floor")
register(exponential, "lr final steps")
BUILT_IN = dict(activations.ACTIVATIONS)  # a reader may put others beside them, or in their place
FORMS["Activation"] = Form(lambda name: choose("activation", name, BUILT_IN))
FORMS["leaky_relu_with"] = Form(leaky_relu_with)
FORMS["gelu_exact"] = Form(lambda: gelu_exact)
FORMS["Generator"] = Form(_generator)


def described(thing: object) -> Described | None:
    """What a file says of it; None for what is neither registered, nor a layer or an optimizer."""
    if isinstance(thing, np.random.Generator):
        bits = thing.bit_generator
        return Described("Generator", {"bit_generator": type(bits).__name__}, {"state": bits.state})
    if isinstance(thing, Activation):
        return _activation(thing)
    if name := NAMES.get(type(thing)):
        form = FORMS[name]
        options = {argument: getattr(thing, at) for argument, at in form.options.items()}
        state = {at: getattr(thing, at) for at in _state(thing, form) if hasattr(thing, at)}
        return Described(name, options, state)
    if isinstance(thing, (Layer, Optimizer)):
        return Described(type(thing).__name__, {}, _kept(thing), own=True)
    return None


def _activation(thing: Activation) -> Described:
    if BUILT_IN.get(thing.name) is thing:
        return Described("Activation", {"name": thing.name}, {})
    if thing is gelu_exact:
        return Described("gelu_exact", {}, {})
    if thing.made_by:
        _, (slope,) = thing.made_by
        return Described("leaky_relu_with", {"slope": slope}, {})
    return Described(thing.name, {}, {}, own=True)


def _state(thing: object, form: Form) -> tuple[str, ...]:
    """The names of the attributes that are set after a thing of the library was made."""
    if not isinstance(thing, Layer):
        return form.state
    chosen = ["params"] if "params" in vars(thing) else []  # some of them may be left fixed
    return (*chosen, *dict.fromkeys((*type(thing).params, *thing.params, *thing.buffers)))


def _kept(thing: Layer | Optimizer) -> dict[str, Any]:
    """All that a thing of the reader's own class keeps, but for gradients and a network's vectors."""
    left = {"_theta", "_grad", "_weights", "_gradients"} if isinstance(thing, Network) else set()
    if isinstance(thing, Layer):
        left |= {"d" + name for name in thing.params}
    return {name: value for name, value in vars(thing).items() if name not in left}


def made(said: Described, own: dict[str, Any]) -> Any:
    """The thing described, its state not yet set. own: the reader's classes and activations by name.

    Raises ValueError where it can't be made, and what the constructors raise.
    """
    if not said.own:
        return choose("a thing of the kind", said.kind, FORMS).make(**said.options)
    table = {name: f for name, f in activations.ACTIVATIONS.items() if BUILT_IN.get(name) is not f}
    kind = own.get(said.kind, table.get(said.kind))
    if kind is None:
        raise ValueError(
            f"it holds a {said.kind} of your own, which cannot be made from its name. Give load its class, "
            f"own=[{said.kind}]; or build the network as it was, and nn.load(path, into=net)"
        )
    return kind if isinstance(kind, Activation) else kind.__new__(kind)


def needed(thing: Any, said: Described) -> list[str]:
    """What a thing that was just made must be given, for it is not as it was saved without."""
    if said.own:
        return []
    if isinstance(thing, np.random.Generator):
        return ["state"]
    return [name for name in _state(thing, FORMS[said.kind]) if hasattr(thing, name)]


def put(thing: Any, said: Described, name: str, value: Any) -> None:
    """Set one attribute of a thing that was just made. Raises ValueError where it does not fit."""
    if isinstance(thing, np.random.Generator):
        thing.bit_generator.state = value
    elif said.own:
        vars(thing)[name] = value
    elif name not in ("params", *_state(thing, FORMS[said.kind])):
        raise ValueError(f"it has a {said.kind} with {name}, which such a thing does not keep")
    elif isinstance(thing, Layer) and name == "params":
        if not set(value) <= set(type(thing).params):
            raise ValueError(f"{thing.label()} has no parameters {value}")
        thing.params = tuple(value)
    elif isinstance(thing, Layer):
        built = getattr(thing, name)
        if np.shape(value) != built.shape or value.dtype.kind != "f":
            raise ValueError(f"{thing.label()}.{name} is {got(value)} in it; wanted {got(built)}")
        setattr(thing, name, value)
    else:
        setattr(thing, name, value)


def finished(thing: Any, said: Described) -> Any:
    """The thing, its state set: gradients are made, a network of one's own gathers its vectors."""
    if isinstance(thing, Layer) and not isinstance(thing, Activation):
        for name in dict.fromkeys((*type(thing).params, *thing.params)):
            if isinstance(array := getattr(thing, name, None), np.ndarray):
                setattr(thing, "d" + name, np.zeros_like(array))
        if said.own and isinstance(thing, Network):
            thing._own()
    elif isinstance(thing, Optimizer) and not said.own:
        whole(said.kind, steps=thing.steps)
        shapes = {np.shape(getattr(thing, name)) for name in thing.moments}
        if len(shapes) > 1:
            raise ValueError(f"{said.kind} has moments of different shapes, {shapes}")
    return thing
