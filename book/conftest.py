"""What `pytest --nbval` compares: the stored outputs hold text only, so HTML beside it is no news."""


def pytest_collectstart(collector):
    """As nbval's documentation has it: skip_compare belongs to a notebook's collector."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html",)
