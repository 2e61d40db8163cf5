"""What a neuron, a layer and the parts of deep networks are made of, drawn with the numbers that flow.

    explore(schematics.lstm_cell, step=play(0, 10), forget_gate=(-4, 4, 2), alt="...")

Each function draws on an empty figure and returns its caption, as `explore` wants it. Values run
forward, in blue; then the gradient of the loss runs back, in orange. All numbers are computed by the
library, or by its automatic differentiation where no layer tells them.

sheet.py          the vocabulary: boxes, operations, wires and the numbers on them
neurons.py        a neuron, and a layer of two
graph.py          the computational graph of a neuron and its loss
normalization.py  batch normalization of one unit
residual.py       two residual blocks
unrolled.py       a recurrent network over five time steps
lstm.py, gru.py   one step of an LSTM cell and of a GRU cell
"""

from .graph import computational_graph
from .gru import gru_cell
from .lstm import lstm_cell
from .neurons import dense_layer, single_neuron
from .normalization import batch_norm
from .residual import residual_block
from .unrolled import rnn_unrolled

__all__ = [
    "batch_norm",
    "computational_graph",
    "dense_layer",
    "gru_cell",
    "lstm_cell",
    "residual_block",
    "rnn_unrolled",
    "single_neuron",
]
