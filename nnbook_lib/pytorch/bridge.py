"""`from_torch` and `to_torch`, and the comparison of both networks in between.

net = from_torch(module)            # the same outputs, the same gradients
print(diagnose(net, loss, x, t))
to_torch(net, module)               # what was changed or learned here, written into the module
"""

from __future__ import annotations

import copy
import warnings
from itertools import zip_longest

import numpy as np

from ..containers import Sequential
from ..flatten import Flatten
from ..layer import Layer
from ..network import Network
from ..recurrent import Recurrent
from ..shapes import got
from . import layers as pytorch_layers
from .forward import Reader


def from_torch(module, *, rng: np.random.Generator | None = None) -> Network:
    """A network with the outputs and the gradients of a torch.nn.Module, on a copy of its numbers.

    module: a Sequential, or any Module whose forward takes one tensor through layers that exist
    here, one after another or around a skip connection, x + f(x). Of a recurrent module with
    batch_first=True, all states are kept or the last one: out, _ = self.lstm(x), and then out or
    out[:, -1]. Inner modules become Sequential, skip connections Residual; a module used twice is
    one layer used twice. float32 stays float32. rng: where there is dropout.

    Before it is returned, outputs and gradients of module and network are compared, on random
    numbers, in evaluation. Raises ValueError, with the part's name and a remedy, for what has no
    layer here and where the two differ; ImportError without PyTorch.

    The gradients are the same; two things move otherwise in training. Frozen parameters
    (requires_grad=False) are trained here, about which there is a warning. And the two biases of a
    recurrent module are one here, their sum, which moves half as far in a step of SGD.
    """
    torch = _torch("from_torch")
    net = Reader(torch, module, rng).network()
    _compare(torch, module)
    frozen = [name for name, p in module.named_parameters() if not p.requires_grad]
    if frozen:
        some = ", ".join(frozen[:3]) + (", ..." if len(frozen) > 3 else "")
        warnings.warn(
            f"from_torch: {some} will be trained here, but not in PyTorch (requires_grad=False). "
            "If they should train there, too, call module.requires_grad_(True).",
            stacklevel=2,
        )
    return net


def to_torch(net: Network, module) -> None:
    """Write net's parameters and running averages into the module that from_torch made it of.

    They go into the module's own tensors, so an optimizer there sees the new values. Raises
    ValueError unless from_torch would make of the module a network with the layers of this one.
    """
    reader = Reader(_torch("to_torch"), module, np.random.default_rng(0))
    twin = reader.network()
    for here, there in zip_longest(
        map(_said, net.walk()), map(_said, twin.walk()), fillvalue="nothing"
    ):
        if here != there:
            raise ValueError(
                f"to_torch writes into a module with the layers of the network; got one that has {there} "
                f"where the network has {here}. Change the module in the same way, then write."
            )
    ours = {id(theirs): layer for theirs, layer in zip(twin.walk(), net.walk(), strict=True)}
    for layer, part, k in reader.pairs:
        pytorch_layers.write(ours[id(layer)], part, k)


def _said(layer: Layer) -> str:
    """A layer by its label and, of a container, how many layers it is made of."""
    return f"{layer.label()} of {len(layer.layers)} layers" if layer.layers else layer.label()


def _torch(whose: str):
    try:
        import torch
    except ImportError as error:
        raise ImportError(f"{whose} needs PyTorch. Install it: pip install torch.") from error
    return torch


def _compare(torch, module) -> None:
    """Raise ValueError unless outputs and gradients are those of the network, in evaluation.

    On a copy in 64 bits, with well-behaved numbers in place of the module's, which may be what ails
    it: where outputs overflow, or rounding grows from layer to layer, nothing could be compared.
    """
    module = copy.deepcopy(module).cpu().double().eval()
    draw = torch.Generator().manual_seed(0)
    for part in module.modules():
        if hasattr(part, "reset_running_stats"):
            part.reset_running_stats()
    for p in module.parameters():
        p.requires_grad_(False).normal_(0, p.shape[-1] ** -0.5, generator=draw).requires_grad_(True)
    net = Reader(torch, module, np.random.default_rng(0)).network()

    x = _random_rows(net)
    try:
        y, tape = net.forward(x)
    except ValueError as error:
        raise ValueError(
            f"from_torch: the network made of the module cannot take x of {got(x)}. {error} "
            "(A layer that is applied to every time step has no counterpart here.)"
        ) from error
    dy = np.random.default_rng(1).standard_normal(y.shape)
    x_ = torch.tensor(x, requires_grad=True)
    try:
        y_ = module(x_.clone())
        if y_.requires_grad:
            y_.backward(torch.tensor(dy))
    except Exception as error:  # whatever the module may raise
        raise ValueError(
            f"from_torch: the network made of the module takes x of {got(x)} and has gradients. The "
            f"module, moved to the CPU and to 64 bits for a comparison, fails: {error}"
        ) from error
    dx_ = torch.zeros_like(x_) if x_.grad is None else x_.grad
    pairs = (y, y_.detach().numpy()), (net.backward(dy, tape), dx_.numpy())
    for what, (ours, theirs) in zip(("outputs", "gradients"), pairs, strict=True):
        apart = np.abs(ours - theirs).max()
        if not apart <= 1e-9 * max(0.01, np.abs(theirs).max()):
            raise ValueError(
                f"from_torch: the {what} of module and network differ by up to {apart:.2g}. Does its "
                "forward overwrite a tensor it still needs (inplace=True, x += ...), compute "
                "otherwise in evaluation than in training, cut the gradient (no_grad), or has it "
                "hooks? Change that, and try again."
            )


def _random_rows(net: Network) -> np.ndarray:
    """Three samples of the shape that the first layer with a width takes. Sequences are as long as
    a Flatten behind them wants, or have 5 steps.
    """
    layers = [layer for layer in net.walk() if not isinstance(layer, Sequential)]
    first = next((layer for layer in layers if layer.d_in), None)
    shape: tuple[int, ...] = (first.d_in if first else 4,)
    if isinstance(first, Recurrent):
        flat = next((i for i, a in enumerate(layers) if isinstance(a, Flatten) and a.d_out), 0)
        states = [layer.d_out for layer in layers[:flat] if isinstance(layer, Recurrent)]
        shape = (layers[flat].d_out // states[-1] if states else 5, *shape)
    return np.random.default_rng(0).standard_normal((3, *shape))
