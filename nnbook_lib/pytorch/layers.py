"""For each class of torch.nn the layer that computes the same here.

`layers` builds it, and `ties` says which numbers of the module stand in which array of ours; `read`
and `write` follow from that. Modules come as arguments: nothing here imports torch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from .. import activations
from ..activations import Activation
from ..dense import Dense
from ..dropout import Dropout
from ..flatten import Flatten
from ..layer import Layer
from ..norm import BatchNorm, LayerNorm
from ..recurrent import Cell, GRUCell, LSTMCell, RNNCell
from ..shapes import generator

CELLS = {"RNN": RNNCell, "LSTM": LSTMCell, "GRU": GRUCell}
GATES = {RNNCell: (0,), LSTMCell: (0, 1, 3, 2), GRUCell: (0, 1, 2)}  # where ours stand in PyTorch's
NAMES = {"W": "weight", "gamma": "weight", "b": "bias", "beta": "bias"}
INSTEAD = {  # of what has no layer here
    "LogSoftmax": "leave it out: NLLLoss after it is CrossEntropyLoss without it",
    "PReLU": "its slope is trained; LeakyReLU(0.25) is where it starts",
    "Embedding": "look the vectors up first, and bring the module that takes them",
    "squeeze": "outputs stay in rows here; leave them (n, 1), and make the targets (n, 1), too",
    "float": "leave the conversion out of forward, and give it x in the module's precision",
    "double": "leave the conversion out of forward, and give it x in the module's precision",
    "LazyLinear": "run the module once on a batch, so that its width is known",
    "LazyBatchNorm1d": "run the module once on a batch, so that its width is known",
    "DataParallel": "bring module.module",
    "RNNCell": "use RNN, which takes the whole sequence",
    "LSTMCell": "use LSTM, which takes the whole sequence",
    "GRUCell": "use GRU, which takes the whole sequence",
    "Conv1d": "bring the module behind the convolutions, and their output as x",
    "Conv2d": "bring the module behind the convolutions, and their output as x",
}
STACKED = "weight_ih", "weight_hh", "bias_ih", "bias_hh"  # then _l0, _l1, ...
TAKEN = (
    "Linear, BatchNorm1d, LayerNorm, Dropout, Flatten, RNN, LSTM, GRU, Identity, ReLU, LeakyReLU, "
    "ELU, SELU, Softplus, GELU, Sigmoid, Tanh and Softmax"
)

FUNCTIONS = {  # the class of torch.nn that computes the same
    "relu": "ReLU", "leaky_relu": "LeakyReLU", "elu": "ELU", "selu": "SELU", "gelu": "GELU",
    "softplus": "Softplus", "sigmoid": "Sigmoid", "tanh": "Tanh", "softmax": "Softmax",
    "log_softmax": "LogSoftmax", "flatten": "Flatten", "dropout": "Dropout",
}  # fmt: skip
_POINTS = np.arange(-12 * 128, 12 * 128 + 1) / 128
_PDF = np.exp(-0.5 * _POINTS**2) / math.sqrt(2 * math.pi)
_CDF = np.array([0.0, *(0.5 * math.erfc(-a / math.sqrt(2)) for a in _POINTS[1:])])


def _normal_cdf(u: np.ndarray) -> np.ndarray:
    """Phi(u), to 1e-15, by its Taylor series around the nearest of many points: numpy has no erf."""
    inside = np.clip(u, -12, 12)
    i = np.nan_to_num(np.rint(128 * inside)).astype(int) + 12 * 128
    a = _POINTS[i]
    d, b = inside - a, a * a
    series = (b - 1) / 6 + d * ((3 - b) * a / 24 + d * ((b - 6) * b + 3) / 120)
    return (_CDF[i] + _PDF[i] * d * (1 + d * (d * series - a / 2))).astype(u.dtype)


def _gelu(u: np.ndarray) -> np.ndarray:
    return u * _normal_cdf(u)


def _gelu_slope(u: np.ndarray) -> np.ndarray:
    return _normal_cdf(u) + u * np.exp(-0.5 * u * u) / math.sqrt(2 * math.pi)


# u Phi(u), Hendrycks & Gimpel 2016, sec. 2: PyTorch's default
gelu_exact = Activation("gelu(exact)", f=_gelu, df=_gelu_slope, init="he")


def layers(module, dtype: type, rng: np.random.Generator | None) -> list[Layer]:
    """The layers, one after another, that compute what a module of torch.nn does, its numbers
    copied. A recurrent module gives its cells, with dropout between them.

    Raises ValueError, with the reason and the remedy, for what has no layer here.
    """
    _need(
        not any(name.endswith(("_g", "_v", "_orig")) for name in module._parameters),
        "a hook computes its weights; undo weight_norm, spectral_norm or prune first",
    )
    made = (
        _cells(module, dtype, rng) if type(module).__name__ in CELLS else _one(module, dtype, rng)
    )
    for layer, k in numbered(made):
        read(layer, module, k)
    return made


def numbered(made: list[Layer]) -> Iterator[tuple[Layer, int]]:
    """Each layer with numbers of its own, and which of a recurrent module's layers it is."""
    with_numbers = [layer for layer in made if layer.params or isinstance(layer, BatchNorm)]
    return ((layer, k) for k, layer in enumerate(with_numbers))


def _one(module, dtype, rng) -> list[Layer]:
    kind = type(module).__name__
    made: Layer
    match kind:
        case "Identity":
            return []
        case "ReLU" | "SELU" | "Sigmoid" | "Tanh":
            made = activations.get(kind.lower())
        case "LeakyReLU":
            made = activations.leaky_relu_with(module.negative_slope)
        case "ELU":
            _need(module.alpha == 1, "alpha is 1 here; build it with alpha=1")
            made = activations.elu
        case "Softplus":  # beyond the threshold PyTorch takes u itself, at 20 off by e^-20
            plain = module.beta == 1 and module.threshold >= 20
            _need(plain, "here it is log(1 + e^u); build it without arguments")
            made = activations.softplus
        case "GELU":
            made = activations.gelu if module.approximate == "tanh" else gelu_exact
        case "Softmax":
            _need(module.dim in (-1, 1), "it runs along each row here; build it with dim=-1")
            made = activations.softmax
        case "Flatten":
            whole = (module.start_dim, module.end_dim) == (1, -1)
            _need(whole, "a sample becomes one row here; flatten from dimension 1 to the last")
            made = Flatten()
        case "Dropout":
            made = _dropout(module, module.p, rng)
        case "Linear":
            made = Dense(module.in_features, module.out_features, init="zeros", dtype=dtype)
        case "BatchNorm1d":
            _need(module.momentum is not None, "its momentum is None; give it a number")
            averages = module.running_mean is not None
            _need(averages, "it keeps running averages here; set track_running_stats=True")
            how = {"momentum": module.momentum, "eps": module.eps, "dtype": dtype}
            made = BatchNorm(module.num_features, **how)
        case "LayerNorm":
            d, *more = module.normalized_shape
            _need(not more, "a sample is a row here; normalize the last dimension alone")
            made = LayerNorm(d, eps=module.eps, dtype=dtype)
        case _:
            remedy = INSTEAD.get(kind, "use others, or bring the part of the module without it")
            raise ValueError(f"it has no layer here, where {TAKEN} have one; {remedy}")
    lacking = {name for name in made.params if getattr(module, NAMES[name]) is None}
    if lacking:  # they stay at 0 and 1, and are no part of theta
        made.params = tuple(name for name in made.params if name not in lacking)
    return [made]


def _cells(module, dtype, rng) -> list[Layer]:
    _need(module.batch_first, "samples come first here; build it with batch_first=True")
    _need(not module.bidirectional, "it runs forward only here; set bidirectional=False")
    _need(not getattr(module, "proj_size", 0), "states are not projected here; set proj_size=0")
    _need(
        getattr(module, "nonlinearity", "tanh") == "tanh", "its nonlinearity is tanh here; leave it"
    )
    made: list[Layer] = []
    for _ in range(module.num_layers):
        if made and module.dropout:
            made.append(_dropout(module, module.dropout, rng))
        cell = CELLS[type(module).__name__](
            module.hidden_size if made else module.input_size,
            module.hidden_size,
            init="zeros",
            rng=np.random.default_rng(0),  # for U; read writes over it
            dtype=dtype,
        )
        if not module.bias:
            cell.params = ("W", "U")
            cell.b[...] = 0
        made.append(cell)
    return made


def _dropout(module, p, rng):
    return Dropout(p, rng=generator(f"from_torch, for {module},", rng))


def _need(holds: bool, remedy: str) -> None:
    if not holds:
        raise ValueError(remedy)


def module_like(nn, name: str, *args, **kwargs):
    """The module of nn, which is torch.nn, that does what a function does with these arguments."""
    how = {k: v for k, v in kwargs.items() if v is not None and k not in ("inplace", "_stacklevel")}
    if name == "dropout":
        how = dict(zip(("p", "training"), args, strict=False)) | how
        args = ()
        if not how.pop("training", True):
            return nn.Identity()
    if name == "flatten" and not args:
        how.setdefault("start_dim", 0)  # the function's default; the module's is 1
    return getattr(nn, FUNCTIONS[name])(*args, **how)


def ties(layer: Layer, module, k: int = 0) -> Iterator[tuple]:
    """Pairs of an array of ours and the tensors of the module that add up to it; parts of arrays
    where the gates of a recurrent module stand in another order. k: which of its layers.
    """
    if isinstance(layer, Cell):
        yield from _cell_ties(layer, *(getattr(module, f"{name}_l{k}", None) for name in STACKED))
        return
    for name in layer.params:
        yield getattr(layer, name), getattr(module, NAMES[name])
    if isinstance(layer, BatchNorm):
        yield layer.running_mean, module.running_mean
        yield layer.running_var, module.running_var


def _cell_ties(cell, weight_ih, weight_hh, bias_ih, bias_hh):
    """Gate by gate. PyTorch's two biases are one here, but for the candidate of a GRU."""
    d = cell.d_out
    for i, j in enumerate(GATES[type(cell)]):
        ours, theirs = slice(i * d, (i + 1) * d), slice(j * d, (j + 1) * d)
        yield cell.W[ours], weight_ih[theirs]
        yield cell.U[ours], weight_hh[theirs]
        if bias_ih is None:
            continue
        if isinstance(cell, GRUCell) and i == 2:
            yield cell.b[ours], bias_ih[theirs]
            yield cell.c, bias_hh[theirs]
        else:
            yield cell.b[ours], bias_ih[theirs], bias_hh[theirs]


def read(layer: Layer, module, k: int = 0) -> None:
    """Copy the module's numbers into the layer."""
    for ours, *theirs in ties(layer, module, k):
        ours[...] = sum(tensor.detach().cpu().numpy() for tensor in theirs)


def write(layer: Layer, module, k: int = 0) -> None:
    """Copy the layer's numbers into the module; where two tensors add up to one, the second is 0."""
    for ours, first, *others in ties(layer, module, k):
        first.detach().copy_(first.new_tensor(ours))
        for tensor in others:
            tensor.detach().zero_()
