"""A handed-in notebook, run from the top in a kernel of its own.

Nothing that it shows is read. What `check` finds is written into a file as it finds it (record.py), so
that a printed check mark is worth nothing, and a cell whose output was cleared loses nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from ..record import FILE, recorded
from .reading import Cell

LIBRARY = Path(__file__).parents[3]  # the folder that holds nnbook_lib
START = 120.0  # seconds a kernel may take to start
STOP = 10  # times that a cell is interrupted
PAUSE = 3.0  # seconds that it is given to end, each time
LOOK = 0.5  # seconds between two looks at whether the kernel lives
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
COLOR = re.compile(r"\x1b\[[0-9;]*m")


class Died(Exception):
    """The kernel is no more."""


@dataclass
class Ran:
    """What came of a cell: the verdicts in order, an error in words, or why it was not (fully) run."""

    verdicts: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    stopped: str = ""


async def run(cells: Sequence[Cell], seconds: float) -> list[Ran]:
    """Run the cells, each for at most so many seconds; one Ran for each of them.

    An error in a cell does not stop the others. A cell that takes too long is interrupted; if that
    does not end it, or the kernel dies, those after it are not run.
    """
    with tempfile.TemporaryDirectory(prefix="nnbook-", ignore_cleanup_errors=True) as folder:
        kernel = Kernel(Path(folder))
        try:
            return await _run(cells, seconds, kernel)
        finally:
            await kernel.stop()


async def _run(cells: Sequence[Cell], seconds: float, kernel: Kernel) -> list[Ran]:
    ran: list[Ran] = []
    try:
        await kernel.start()
    except Exception as error:  # jupyter_client's, zmq's or the system's
        why = " ".join(f"The kernel did not start: {error}".split())
        return [Ran(stopped=f"{why.rstrip(': .')}.") for _ in cells]
    over = ""
    for cell in cells:
        if over:
            ran.append(Ran(stopped=over))
            continue
        before, one = len(kernel.verdicts()), Ran()
        try:
            if reply := await kernel.reply(cell.source, seconds):
                one.error = _error(reply)
            else:
                one.stopped = f"Time ran out: the cell took longer than {seconds:g} s."
                if not await kernel.interrupt():
                    over = (
                        f"An earlier cell took longer than {seconds:g} s and could not be stopped."
                    )
        except Died:
            one.stopped = "The kernel died in this cell."
            over = "The kernel died in an earlier cell."
        one.verdicts = kernel.verdicts()[before:]
        ran.append(one)
    return ran


class Kernel:
    """A kernel in an empty folder, of which only the replies are read."""

    def __init__(self, folder: Path):
        from jupyter_client import AsyncKernelManager  # not a part of what the library needs
        from zmq import IPC_PATH_MAX_LEN

        self.folder, self.file = folder, folder / "verdicts"
        self.manager = AsyncKernelManager(kernel_name="python3")
        files = str(folder / "kernel")  # instead of ports, which two kernels can't both draw
        if os.name == "posix" and len(os.fsencode(files)) + len("-1234") <= IPC_PATH_MAX_LEN:
            self.manager.transport, self.manager.ip = "ipc", files

    async def start(self) -> None:
        """Start it, and wait until it answers. Raises Died."""
        work = self.folder / "work"
        work.mkdir()
        path = os.pathsep.join(filter(None, [str(LIBRARY), os.environ.get("PYTHONPATH")]))
        own = {"PYTHONPATH": path, "IPYTHONDIR": str(self.folder / "ipython"), FILE: str(self.file)}
        env = ONE_THREAD | os.environ | own
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await self.manager.start_kernel(cwd=str(work), env=env, **silent)
        self.client = self.manager.client()
        self.client.start_channels(iopub=False, stdin=False, hb=False, control=False)
        if await self.reply("", START) is None:
            raise Died(f"it gave no answer in {START:g} s")

    async def reply(self, code: str, seconds: float) -> dict[str, Any] | None:
        """What the kernel answers to code, or None after so many seconds. Raises Died."""
        self.sent = self.client.execute(code, allow_stdin=False, stop_on_error=False)
        return await self._answer(seconds)

    async def interrupt(self) -> bool:
        """Interrupt what is running; whether it ended. Code may catch that, so more than once."""
        for _ in range(STOP):
            await self.manager.interrupt_kernel()
            if await self._answer(PAUSE) is not None:
                return True
        return False

    def verdicts(self) -> list[dict[str, Any]]:
        """What check has said up to now."""
        return recorded(self.file)

    async def stop(self) -> None:
        """End it, whatever it is doing."""
        if hasattr(self, "client"):
            self.client.stop_channels()
        if self.manager.has_kernel:
            await self.manager.shutdown_kernel(now=True)

    async def _answer(self, seconds: float) -> dict[str, Any] | None:
        end = monotonic() + seconds
        while monotonic() < end:
            try:
                answer = await self.client.get_shell_msg(timeout=LOOK)
            except Empty:
                if not await self.manager.is_alive():
                    raise Died from None
                continue
            if answer["parent_header"].get("msg_id") == self.sent:
                return answer["content"]
        return None


def _error(reply: dict[str, Any]) -> str:
    """The error in a reply as "NameError: name 'f' is not defined, line 3"; "" if there is none."""
    if reply.get("status") != "error":
        return ""
    name, said = reply.get("ename", "Error"), COLOR.sub("", str(reply.get("evalue", "")))
    trace = COLOR.sub("", "\n".join(map(str, reply.get("traceback") or ())))
    here = re.escape(str(reply.get("execution_count")))
    lines = re.findall(rf"Cell In ?\[{here}\], line (\d+)", trace)
    if of_syntax := re.search(r"\s*\([^()]*, line (\d+)\)$", said):  # (1234567.py, line 3)
        said, lines = said[: of_syntax.start()], [of_syntax[1]]
    said = " ".join(f"{name}: {said}".split()).rstrip(": ")
    return f"{said}, line {lines[-1]}" if lines else said
