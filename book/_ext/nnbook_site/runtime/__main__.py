"""Fetches Pyodide's files into the cache, unless they are there, and prints the folder.

python -m nnbook_site.runtime        with book/_ext in PYTHONPATH
"""

import sys

from .finding import complete, kept

if __name__ == "__main__":
    try:
        complete(kept())
    except (OSError, ValueError) as error:
        sys.exit(f"Pyodide could not be fetched: {error}")
    print(kept())
