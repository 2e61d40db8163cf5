"""From PyTorch and back: a reader's own network, for this library to look into.

bridge.py     `from_torch` and `to_torch`, and the comparison of both networks in between
forward.py    what a module's forward does, followed step by step,
values.py     with stand-ins for its tensors
layers.py     for each class of torch.nn the layer of ours, and where its numbers stand

PyTorch is imported only when `from_torch` or `to_torch` is called.
"""
