"""For `pytest --nbval`, which runs several kernels at once and compares what they print."""

from tempfile import gettempdir
from uuid import uuid4

try:
    from nbval import kernel
except ImportError:  # not this plugin's run
    kernel = None


def pytest_collectstart(collector):
    """The stored outputs hold text only, so HTML beside it is no news.

    As nbval's documentation has it: skip_compare belongs to a notebook's collector.
    """
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html",)


if kernel:
    manager = kernel.KernelManager

    def manager_without_ports(**options):
        """Kernels that begin at the same moment may draw the same free port, and one of them dies.
        Over a file of its own, none meets another.
        """
        return manager(
            transport="ipc", ip=f"{gettempdir()}/kernel-{uuid4()}", **options
        )

    kernel.KernelManager = manager_without_ports
