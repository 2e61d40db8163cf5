"""Examine the whole ward: python -m ward [--write] [part of a fault's name]."""

import argparse
import os
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # the processes run side by side

from concurrent.futures import ProcessPoolExecutor

from .outcomes import HEALTHY, complaint, everybody, examined, table

PAGE = Path(__file__).parents[2] / "book" / "reference" / "ward.md"
START, END = "<!-- made by make ward: -->", "<!-- to here -->"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into the book's page")
    parser.add_argument("part", nargs="?", default="", help="only faults with this in their name")
    options = parser.parse_args()
    if options.write and options.part:
        parser.error("--write needs the whole ward: leave out the part.")
    who = [(fault, i) for fault, i in everybody() if options.part in fault]
    with ProcessPoolExecutor() as pool:
        outcomes = list(pool.map(examined, *zip(*who, strict=True), chunksize=2))
    for o in outcomes:
        if said := complaint(o):
            print(f"{o.fault} [{o.about}]: {said}")
    print(table(outcomes))
    well = [o for o in outcomes if o.healthy]
    ill = [o for o in outcomes if o.ill]
    spared = [o for o in outcomes if o.fault != HEALTHY and not o.ill and o.found]
    said = (
        f"{len(outcomes)} networks were built. Of {len(well)} healthy ones "
        f"{sum(bool(o.found) for o in well)} were accused. {len(ill)} are ill, and "
        f"{sum(not o.found for o in ill)} of them were passed over in silence; the table is of these. "
        "To the others the fault did less harm, or they would not have learned without it either; of "
        f"them, {len(spared)} have a finding, and in {sum(o.named for o in spared)} it is the fault."
    )
    print(said)
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
        _, _, after = rest.partition(END)
        made = f"{START}\n\n{said}\n\n{table(outcomes)}\n\n{END}"
        PAGE.write_text(before + made + after, encoding="utf-8")


if __name__ == "__main__":
    main()
