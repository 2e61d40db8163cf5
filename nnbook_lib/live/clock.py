"""Where the time goes while a figure's pictures are made: a look every few milliseconds at what the
program is doing, which costs next to nothing and needs nothing in the code it watches.
"""

from __future__ import annotations

import sys
import threading
import time
from types import FrameType, TracebackType

EVERY = 0.02  # seconds
LIVE = __package__.replace(".", "/")
LIBRARY = LIVE.partition("/")[0]
PACKING = tuple(f"{LIVE}/{name}.py" for name in ("frames", "svg", "fingerprint"))
DRAWING = ("/matplotlib/", f"{LIBRARY}/plotting.py", f"{LIVE}/easel.py", f"{LIVE}/ticks.py")


class Clock:
    """with Clock() as clock: ...; then clock.seconds is {"computing": s, "drawing": s, "packing": s}.

    Drawing is what matplotlib does, packing what is done with its SVG; all else is computing:
    training, forward passes, the drawing function's own arithmetic.
    """

    def __enter__(self) -> Clock:
        self.seconds = dict.fromkeys(("computing", "drawing", "packing"), 0.0)
        self._watched, self._done = threading.get_ident(), threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._watcher.join()
        self.seconds = {what: round(s, 2) for what, s in self.seconds.items()}

    def _watch(self) -> None:
        last = time.perf_counter()
        while not self._done.wait(EVERY):
            now = time.perf_counter()
            self.seconds[_doing(sys._current_frames().get(self._watched))] += now - last
            last = now


def _doing(frame: FrameType | None) -> str:
    """What the innermost function that is known does."""
    while frame is not None:
        file = frame.f_code.co_filename.replace("\\", "/")
        if file.endswith(PACKING):
            return "packing"
        if any(part in file for part in DRAWING):
            return "drawing"
        if f"{LIBRARY}/" in file or file.startswith("<") or "ipykernel" in file:
            return "computing"
        frame = frame.f_back
    return "computing"
