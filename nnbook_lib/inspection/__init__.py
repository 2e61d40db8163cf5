"""Looking at a network while it learns: what to measure, what it means, what is wrong.

diagnostics.py    from one pass, recorded on a tape, to a number for each layer
course.py         a whole training run, recorded on the way
instruments.py    the pictures of such a course
symptoms.py       the checks of `diagnose`, with every threshold and its reason
diagnosis.py      `diagnose`: what the checks found, in words, with remedies
"""
