from .lstm import lstm_cell
from .gru import gru_cell
from .residual import residual_block
from .unrolled import rnn_unrolled
from .normalization import batch_norm
from .graph import computational_graph
