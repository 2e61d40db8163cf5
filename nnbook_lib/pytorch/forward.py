"""What a PyTorch module's forward does, followed from x to its output, and built in layers of ours.

`torch.fx` runs forward once on a stand-in for x and writes down each step: a graph. We go through
it with a stand-in of our own, a `Value`, that knows which layers have made it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from ..containers import Residual, Sequential
from ..flatten import Flatten
from ..layer import Layer
from ..network import Network
from ..recurrent import Cell
from ..shapes import got
from . import layers as pytorch_layers
from .values import Aside, Hidden, States, Value

SIZES = {"size", "dim", "shape", "device", "dtype", "new_zeros", "zeros_like"}  # asked of a tensor
ZEROS = {"zeros", "new_zeros", "zeros_like"}
STILL_ZEROS = {"to", "requires_grad", "detach", "float", "double"}


class Reader:
    """Builds the layers of ours for a module; `pairs` says which of them hold which part's numbers.

    pairs: (layer, part, k), k the number of the layer in a recurrent part of several. Raises
    TypeError for what is no torch.nn.Module, ValueError for parameters of mixed or half precision.
    """

    def __init__(self, torch, module, rng: np.random.Generator | None):
        module = getattr(module, "_orig_mod", module)  # of torch.compile
        if not isinstance(module, torch.nn.Module):
            hint = " Create it: call the class." if isinstance(module, type) else ""
            raise TypeError(f"from_torch expects a torch.nn.Module; got {got(module)}.{hint}")
        kinds = {p.dtype for p in module.parameters()} or {torch.float64}
        known = {torch.float32: np.float32, torch.float64: np.float64}
        if len(kinds) > 1 or not kinds <= set(known):
            raise ValueError(
                "from_torch expects parameters all of float32 or all of float64; got "
                f"{' and '.join(sorted(map(str, kinds)))}. Call module.float() or module.double()."
            )
        self.torch, self.module, self.rng = torch, module, rng
        self.dtype = known[kinds.pop()]
        self.pairs: list[tuple[Layer, object, int]] = []
        self._built: dict[int, tuple] = {}  # id(part): part, its layers; built once

    def network(self) -> Network:
        """The whole module as a Network. Raises ValueError, naming the part that has no layer."""
        self._refuse_tied_weights()
        start = Value()
        with _training(self.module):
            end = self._follow(self.module, "", start)
        layers = end.since(start) if isinstance(end, Value) else None
        if layers is None:
            raise _no("", self.module, "forward must return one tensor made of x, and no more")
        alone = len(layers) == 1 and type(layers[0]) is Sequential
        return Network(*(layers[0].layers if alone else layers))

    def _refuse_tied_weights(self):
        owner: dict[int, str] = {}
        for path, part in self.module.named_modules():
            for name, p in part.named_parameters(recurse=False):
                full = _join(path, name)
                if (first := owner.setdefault(id(p), full)) != full:
                    why = f"{full} and {first} are one tensor; use one module in both places"
                    raise _no(path, part, why)

    def _follow(self, module, path: str, x):
        """What a module's forward returns for x."""
        if hasattr(module, "parametrizations"):
            why = "its weights are computed; undo it first: torch.nn.utils.parametrize"
            raise _no(path, module, f"{why}.remove_parametrizations")
        if self._is_torchs_own(module):
            return self._apply(module, path, x)
        nodes, values = self._steps(module, path), {}
        for node in nodes:
            args, kwargs = self.torch.fx.node.map_arg((node.args, node.kwargs), values.__getitem__)
            match node.op:
                case "placeholder":
                    if node is not nodes[0]:
                        raise _no(path, module, f"forward takes {node.name}, too; give it x alone")
                    values[node] = x
                case "call_module":
                    part, where = module.get_submodule(node.target), _join(path, node.target)
                    values[node] = self._call(part, where, *args, **kwargs)
                case "get_attr":
                    why = f"forward computes with {node.target} itself; use a module that holds it"
                    raise _no(path, module, why)
                case "output":
                    return args[0]
                case _:
                    name = node.target if node.op == "call_method" else node.target.__name__
                    if name == "getattr":
                        name, args = args[1], args[:1]
                    values[node] = self._function(name.rstrip("_"), path, *args, **kwargs)

    def _is_torchs_own(self, module) -> bool:
        nn = self.torch.nn
        return type(module) is getattr(nn, type(module).__name__, None) is not nn.Sequential

    def _steps(self, module, path: str) -> list:
        """The nodes of forward that its output is made of, in order; an inner module is one."""
        tracer = self.torch.fx.Tracer()
        tracer.is_leaf_module = lambda part, name: True
        inputs = list(inspect.signature(module.forward).parameters.values())
        optional = {a.name: a.default for a in inputs[1:] if a.default is not a.empty}
        try:
            graph = tracer.trace(module, concrete_args=optional)
        except Exception as error:  # whatever forward may raise
            why = "forward must take the same steps for every x, and x.size(0) for len(x)"
            raise _no(path, module, f"{why}; torch.fx says, {error}".rstrip(".")) from error
        (end,) = (node for node in graph.nodes if node.op == "output")
        needed, todo = set(), [end]
        while todo:
            node = todo.pop()
            if node not in needed:
                needed.add(node)
                todo += node.all_input_nodes
        return [node for node in graph.nodes if node in needed]

    def _call(self, module, path: str, *args, **kwargs):
        """An inner module applied. Its layers are put behind x, several of them in a Sequential."""
        x, *more = [*args, *kwargs.values()] or [None]
        states = (a for a in _leaves(more) if a is not None)
        if not all(isinstance(a, Aside) and a.zeros for a in states):
            raise _no(path, module, "it takes one tensor here, and starts from a state of zeros")
        if isinstance(x, Value):
            start = Value()
            end = self._follow(module, path, start)
            layers = end.since(start) if type(end) is Value else None
            if layers is not None:
                layers = layers if len(layers) < 2 else [Sequential(*layers)]
                return Value(x, layers[0]) if layers else x
        return self._follow(module, path, x)  # such as what picks one of a recurrent part's results

    def _apply(self, module, path: str, x):
        """A module of torch.nn itself, applied."""
        if not isinstance(x, Value):
            why = "of what a recurrent module returns, give it all states, out, or out[:, -1]"
            raise _no(path, module, why)
        if id(module) not in self._built:
            try:
                layers = pytorch_layers.layers(module, self.dtype, self.rng)
            except ValueError as error:
                raise _no(path, module, str(error).rstrip(".")) from None
            self._built[id(module)] = module, layers
            self.pairs += [(a, module, k) for a, k in pytorch_layers.numbered(layers)]
        for layer in self._built[id(module)][1]:
            if isinstance(layer, Flatten):
                layer = Flatten()
            x = States(x, layer) if isinstance(layer, Cell) else Value(x, layer)
        if not isinstance(x, States):
            return x
        h = Hidden(x.last, module.num_layers)
        return x, (h, Aside()) if type(module).__name__ == "LSTM" else h

    def _function(self, name: str, path: str, *args, **kwargs):
        """A function of torch or a method of a tensor, applied."""
        values = [a for a in _leaves((args, kwargs)) if isinstance(a, Value | Hidden)]
        x, rest = args[0] if args else None, args[1:]
        if name in SIZES or (name != "getitem" and not values):
            return Aside(name in ZEROS or (name in STILL_ZEROS and getattr(x, "zeros", False)))
        if name == "getitem" or (name == "squeeze" and isinstance(x, Hidden) and rest == (0,)):
            try:
                return x[rest[0]]
            except (TypeError, KeyError, IndexError):
                parts = rest[0] if isinstance(rest[0], tuple) else rest
                key = ", ".join(":" if part == slice(None) else str(part) for part in parts)
                why = "only what a recurrent module returns is cut here: out[:, -1], or h[-1]"
                raise _no(path, f"[{key}]", why) from None
        if name in ("add", "iadd") and len(args) == 2 and set(kwargs.values()) <= {1}:
            return self._sum(path, *args)
        if values == [x] and isinstance(x, Value):
            if name in ("contiguous", "clone", "to"):
                return x
            if name in ("view", "reshape") and self._flattens(*rest):
                return Value(x, Flatten())
            if name in pytorch_layers.FUNCTIONS:
                try:
                    module = pytorch_layers.module_like(self.torch.nn, name, *rest, **kwargs)
                except TypeError as error:
                    raise _no(path, f"{name}()", str(error)) from error
                return self._apply(module, path, x)
        why = f"it has no layer here, where {pytorch_layers.TAKEN} have one"
        raise _no(path, f"{name}()", pytorch_layers.INSTEAD.get(name, why))

    def _sum(self, path, a, b):
        for x, y in (a, b), (b, a):
            if isinstance(x, Value) and isinstance(y, Value):
                layers = y.since(x)
                if layers is not None:
                    return Value(x, Residual(*layers))
        why = "of sums, only x + f(x), a skip connection past layers, has a layer here"
        raise _no(path, "the sum", why)

    @staticmethod
    def _flattens(*sizes) -> bool:
        """True for x.view(x.size(0), -1), x.view(-1, 784) and the like."""
        sizes = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes
        return len(sizes) == 2 and (isinstance(sizes[0], Aside) or sizes[0] == -1)


def _leaves(what: object) -> Iterator[object]:
    """What stands in nested tuples, lists and dictionaries."""
    if isinstance(what, dict):
        what = list(what.values())
    if isinstance(what, tuple | list):
        for part in what:
            yield from _leaves(part)
    else:
        yield what


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _no(path: str, what: object, why: str) -> ValueError:
    """The error that names the part and says why it cannot be taken."""
    name = what if isinstance(what, str) else f"{what!r}"
    if len(name) > 80 or "\n" in name:
        name = f"a {type(what).__name__}"
    return ValueError(f"from_torch cannot take {path and path + ', '}{name}: {why}.")


@contextmanager
def _training(module) -> Iterator[None]:
    """All parts of a module in training, and afterwards as they were."""
    before = [(part, part.training) for part in module.modules()]
    for part, _ in before:
        part.training = True
    try:
        yield
    finally:
        for part, was in before:
            part.training = was
