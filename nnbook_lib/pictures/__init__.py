"""What the book's figures draw over and over, so that a chapter's code is its lesson.

edges.py          points and walks, with an arrow at the edge and the value where they leave the axes
keys.py           what the two ends of a heat map's colors mean
chain.py          a chain of hops, with the change of each number and the slope of each hop
two_neurons.py    a net of two neurons, forward and backward, a node at a time
"""
