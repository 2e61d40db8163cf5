"""The exercises of the chapters, a set in each file. Beside them, by notebook of book/exercises/:

chapter 1    forward
chapter 2    chain_rule, backprop, gradients
chapter 3    descent, training
chapter 4    vanishing, exploding
chapter 5    activations, initialization, normalization, skip, recurrent
chapter 6    practice
landmarks    landmarks

`curves`, `passes` and `softmax` hold what chapter 1 needs for its exercises on ReLUs, on a network's
forward pass and on softmax, `logits` what chapter 2 computes from logits, `loops`, `adam` and
`stopping` what chapter 3 tries, and `decay` and `edges` what chapter 4 measures.
"""
