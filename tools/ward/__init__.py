"""A ward of networks with one fault each, and of healthy ones: what does `diagnose` make of them?

    make ward       every network; the table goes into book/reference/ward.md

plans.py      data sets with a loss each, and the healthy network of a plan
faults.py     what is done to it, and what that may be called
healthy.py    networks to which nothing was done
outcomes.py   what is found of each, and whether the remedy cures; the table
"""
