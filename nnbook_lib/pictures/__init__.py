"""What the chapters' figures look like: arrays in, a drawn figure and its caption out.

The notebooks compute; a function here draws what they computed on an empty figure and returns the
caption, whose first sentence says what to conclude.

layers.py           a number for each layer on a logarithmic scale, and the words for how much arrives
vanishing.py        chapter 4: the way back through layers and time, the edge, a training run
activations.py      chapter 5: functions over their inputs, units that die
initialization.py   chapter 5: signals at the start, singular values, thirty layers trained
"""
