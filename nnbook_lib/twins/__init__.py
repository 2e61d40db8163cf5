"""The twin laboratory: two networks of this library, trained side by side, with one difference.

    from nnbook_lib.twins import twins

    twins("sigmoid-in-depth")                          # an experiment of the book's
    twins(both={"depth": 30}, b={"norm": "batch"})     # one of your own

controls.py    what can be set, and to what        experiment.py  a description of both networks
making.py      data, network, optimizer of it      learner.py     one network while it trains
pair.py        both, in lockstep                   moment.py      what is seen of them
caption.py     what differs, in words              script.py      the same in Python
remedies.py    what is wrong, and the settings that mend it
preset.py      what a preset is                   presets/       experiments that teach, by chapter
telling.py     what both faces say of them
laboratory.py  an experiment on the bench, which `twins` in notebook.py opens: in a notebook as
               widgets (panel.py, form.py), in a built book as a figure (static.py); drawing.py
"""

from .experiment import Experiment
from .notebook import twins
from .pair import Twins

__all__ = ["Experiment", "Twins", "twins"]
