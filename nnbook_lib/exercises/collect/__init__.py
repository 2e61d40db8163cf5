"""For teachers: run the notebooks of a class anew, and say of each exercise what became of it.

    python -m nnbook_lib.exercises.collect handed_in --csv class.csv
    python -m nnbook_lib.exercises.collect handed_in/Sato

`handed_in` holds a folder for each student, or notebooks named like Sato_01_forward.ipynb. Each
notebook is copied and run from the top in a kernel of its own, in an empty folder; an error in a cell
does not stop the others. What counts is what `check` finds then. Each exercise is

    right          and the cell that checks it ran
    wrong          with the first sentence of what `check` says
    not attempted  the `...` still stands there
    broken         the cell stops with an error before `check` is called: which, and in which line
    missing        no cell checks it
    not reached    the kernel died, the time was up, or the file is no notebook

and expected are all exercises of the book's notebooks that a student handed in, by whatever name.

    --csv FILE       the table of the class, for a spreadsheet
    --details        what is said of each answer, for more than one student, too
    --by-file        a notebook's own name says whose it is, in whatever folder it lies
    --only NAMES     these exercises or sets, with commas between: forward,chain_rule.paths
    --jobs N         notebooks that run at a time (default: as many as there are cores)
    --timeout S      seconds that a cell may take (default: 120)

A handed-in notebook is a program by somebody else: run this in a container. It needs what JupyterLab
installs. It ends with 0; with 1 if a notebook could not be run to its end, or the table not be written;
and with 2 if it found nothing to run.
"""
