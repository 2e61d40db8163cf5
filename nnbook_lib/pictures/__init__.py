"""What the chapters' figures look like: arrays in, a drawn figure and its caption out.

The notebooks compute; a function here draws what they computed on an empty figure and returns the
caption, whose first sentence says what to conclude. A file has the pictures of one subject.
"""
