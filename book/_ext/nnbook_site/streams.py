"""What a cell prints, in one piece, however the kernel happened to cut it.

myst-nb ends every piece with a new line when it merges them, so that a line which came in two
pieces is broken in two on the page, now and then.
"""

from __future__ import annotations

from myst_nb.core import render

merge = render.coalesce_streams


def joined(outputs):
    """The outputs with neighboring pieces of one stream put together as they were printed."""
    kept = []
    for output in outputs:
        last = kept[-1] if kept else None
        if (
            last
            and output["output_type"] == last["output_type"] == "stream"
            and output["name"] == last["name"]
        ):
            last["text"] += output["text"]
        else:
            kept.append(output)
    return kept


def install() -> None:
    """Let myst-nb join before it merges."""
    render.coalesce_streams = lambda outputs: merge(joined(outputs))
