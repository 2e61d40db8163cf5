"""nnbook_lib: a readable neural-network library in numpy, written to be looked into.

Seven ideas: Layer, Tape, Activation, Loss, Network, Optimizer, train. Start with
`nnbook_lib/layer.py`.
"""

# Chapter 1, forward propagation
from . import activations, autodiff, datasets, functions, initializers, optimizers
from .inspection import diagnostics
from .activations import ACTIVATIONS, Activation, Softmax, leaky_relu_with
from .activations import elu, gelu, identity, leaky_relu, relu, selu, sigmoid, softplus, step, tanh
from .activations import softmax
from .containers import Residual, Sequential
from .dense import Dense
from .flatten import Flatten

# Chapter 2, the chain rule and backpropagation
from .gradcheck import (
    check_layer,
    check_network,
    complex_step_gradient,
    numeric_gradient,
    relative_error,
)
from .layer import Container, Layer
from .losses import BinaryCrossEntropy, Loss, NotFinite, SoftmaxCrossEntropy, SquaredError
from .mlp import mlp
from .network import Network, loss_and_grad
from .tape import Record, Tape

# Chapter 3, gradient descent
from .optimizers import (
    SGD,
    Adam,
    AdamW,
    Momentum,
    Nesterov,
    Optimizer,
    RMSProp,
    clip_norm,
)
from .prediction import accuracy, predict
from .training import Diverged, Step, train

# Chapters 4 and 5, vanishing gradients and the remedies
from .dropout import Dropout
from .norm import BatchNorm, LayerNorm
from .recurrent import Cell, GRUCell, LSTMCell, Recurrent, RNNCell

# Chapter 6, practice
from .inspection.diagnosis import Diagnosis, Finding, diagnose
from .pytorch.bridge import from_torch, to_torch
from .saving.checkpoint import load, save

# A table of one's own
from .own_data.fitting import fit
from .own_data.history import History
from .own_data.metrics import (
    Report,
    class_weight,
    classification_report,
    confusion_matrix,
    mean_absolute_error,
    mean_squared_error,
    r2_score,
)
from .own_data.reading import read_table
from .own_data.scaling import StandardScaler
from .own_data.splitting import train_test_split
from .own_data.table import Table
