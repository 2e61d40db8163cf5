"""Run notebooks and store their text outputs, which `pytest --nbval` compares on every run.

Pictures, widgets and HTML are not stored: they are drawn when the book is built. Nor are kernel
versions and times, so that a notebook changes only when its content does.

    python tools/store_outputs.py book/01_forward_propagation.ipynb ...
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from doors import with_install_cell

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def text_only(output):
    """The output with its text alone, or None where there is no text in it."""
    if output.output_type == "stream":
        return output if output.name == "stdout" else None
    if output.output_type == "error":
        raise RuntimeError(f"a cell failed: {output.ename}: {output.evalue}")
    if "text/plain" not in output.data:
        return None
    output.data = {"text/plain": output.data["text/plain"]}
    output.metadata = {}
    return output


def joined(outputs):
    """The outputs with what was printed in one piece, however the kernel happened to cut it."""
    kept = []
    for output in outputs:
        if kept and output.output_type == kept[-1].output_type == "stream":
            kept[-1].text += output.text
        else:
            kept.append(output)
    return kept


def store(path):
    """Execute the notebook at path and write it back."""
    notebook = with_install_cell(nbformat.read(path, as_version=4))
    NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = joined(text for text in map(text_only, cell.outputs) if text)
    notebook.metadata = METADATA
    nbformat.validate(notebook)
    nbformat.write(notebook, path)
    print(f"stored {path}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    for argument in sys.argv[1:]:
        store(Path(argument))
