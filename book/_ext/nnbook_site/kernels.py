"""Kernels for the notebooks: forked from a process that has imported everything (warm.py), where the
system can do that; elsewhere started as always.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

CAN_FORK = sys.platform == "linux"  # on macOS, a process that uses its frameworks must not
WARM = Path(__file__).parent / "warm.py"
STARTED_BY = Path(__file__), WARM
# As a kernel has it. Matplotlib looks when it is imported, which is before there is a kernel.
INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}


class Kernels:
    """with Kernels(env) as kernels: kernels.manager(folder). env: of every kernel."""

    def __init__(self, env: dict[str, str]):
        self.env = env | INLINE

    def __enter__(self) -> Kernels:
        self._warm = None
        if CAN_FORK:
            self._warm = subprocess.Popen(
                [sys.executable, WARM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=self.env,
            )
        return self

    def __exit__(self, *_) -> None:
        if self._warm:
            self._warm.stdin.close()
            self._warm.stdout.close()
            self._warm.wait()

    def manager(self, folder: str) -> AsyncKernelManager:
        """The manager of a new kernel that is not started yet. folder: for its sockets."""
        manager = AsyncKernelManager(kernel_name="python3")
        if os.name == "posix":  # files instead of ports, which two kernels can't both draw
            manager.transport, manager.ip = "ipc", f"{folder}/kernel"
        if self._warm:
            manager.provisioner = _Forked(
                kernel_id="", kernel_spec=manager.kernel_spec, parent=manager
            )
            manager.provisioner.warm = self._warm
        return manager


class _Forked(LocalProvisioner):
    """Starts a kernel by an order to the warm process."""

    warm: subprocess.Popen

    async def launch_kernel(self, cmd, **kwargs):
        order = {
            "file": self.parent.connection_file,
            "cwd": kwargs.get("cwd") or os.getcwd(),
            "env": dict(kwargs["env"]),
        }
        self.warm.stdin.write(json.dumps(order) + "\n")
        self.warm.stdin.flush()
        answer = self.warm.stdout.readline()
        if not answer:
            raise RuntimeError("The process that kernels are forked from has ended; see above why.")
        self.process = _Process(int(answer))
        self.pid = self.pgid = self.process.pid
        return self.connection_info


class _Process:
    """As much of subprocess.Popen as a kernel's manager asks of a process that is not its child."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        return 0  # called when poll() has said that it is over

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
