"""The exercises of the chapters, a set in each file. Beside them, by notebook of book/exercises/:

chapter 1    forward
chapter 2    chain_rule, backprop, gradients
chapter 3    descent, training
chapter 4    vanishing, exploding
chapter 5    activations, initialization, normalization, skip, recurrent
chapter 6    practice

`curves` and `softmax` hold what chapter 1 needs for its exercises on ReLUs and on softmax, `loops`
what chapter 3 tries loops on, and `decay` and `edges` what chapter 4 measures.
"""
