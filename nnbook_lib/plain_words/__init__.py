"""Python's and numpy's errors in a beginner's words: in_plain_words(error).

place.py      where in the reader's own code an error arose, and what its names stood for there
shapes.py     sentences on arrays that do not fit: products, broadcasting, axes, indices
kinds.py      on things of the wrong kind: None, lists, text, numbers where arrays are wanted
calls.py      on names, attributes and calls
reading.py    on code that Python cannot read, and on what does not fit into memory
lookup.py     all of them in one table, and the function that looks an error up in it
"""

from .lookup import in_plain_words

__all__ = ["in_plain_words"]
