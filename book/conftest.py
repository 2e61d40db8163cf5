"""For `pytest --nbval`, which runs several kernels at once and compares what they print."""

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
    start = kernel.start_new_kernel

    def started(*args, **kwargs):
        """Kernels that begin at the same moment may draw the same free port, and one of them dies
        before it has said a word. The next one draws another.
        """
        for _ in range(3):
            try:
                return start(*args, **kwargs)
            except RuntimeError as died:
                error = died
        raise error

    kernel.start_new_kernel = started
