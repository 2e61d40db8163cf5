"""The exercises of the chapters: a set is a file, SETS in ../__init__.py says of which notebook."""
