"""A process in which everything is imported that every notebook imports. Kernels are forked from it,
so that they start at once: each would spend more than a second importing the same modules.

A line of JSON on its standard input, {"file": connection file, "cwd": ..., "env": ...}, starts a
kernel; it answers with the kernel's process id. It ends when its input does.
"""

import importlib
import json
import os
import signal
import sys

# Not pyplot and not matplotlib_inline: these two look for the kernel when they are imported, and without
# one the notebook would show no picture.
SHARED = (
    "ipykernel.kernelapp",
    "IPython.core.completer",
    "ipywidgets",
    "nnbook_lib.live.frames",
    "nnbook_lib.live",
)


def main() -> None:
    for name in SHARED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that end leave nothing to collect
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            become_a_kernel(**order)
        print(child, flush=True)


def become_a_kernel(file: str, cwd: str, env: dict[str, str]) -> None:
    """Run a kernel in this process, and end with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # the orders and the answers; what goes wrong is still said on 2
        os.dup2(nothing, stream)
    sys.stdin = open(os.devnull)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["ipykernel_launcher"]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(  # a kernel whose parent is gone ends
        argv=[
            "-f",
            file,
            f"--IPKernelApp.parent_handle={os.getppid()}",
            "--HistoryManager.enabled=False",
        ]
    )
    os._exit(0)


if __name__ == "__main__":
    main()
