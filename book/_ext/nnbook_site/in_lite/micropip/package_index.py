"""The names that the kernel's piplite asks for; nothing is looked up in an index here."""


class CompatibilityLayer:
    pass


class ProjectInfo:
    pass


def query_package() -> None:
    pass
