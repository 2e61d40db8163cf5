"""Right and wrong answers that are longer than a line, and what is looked at in a learner's.

The sets of exercises import them; nothing here registers an exercise.
"""
