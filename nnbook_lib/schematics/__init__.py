from .lstm import lstm_cell
