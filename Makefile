# Everything sets up .venv by itself; all it needs is make and Python 3.11 or newer.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
NOTEBOOKS = $(shell find book -name '*.ipynb' -not -path '*/.*' | sort)
MADE := _build/html/.made
# What the site is made of. Folders too, which change when a file goes, and what is installed.
SOURCES := _config.yml _toc.yml _build/.pyodide $(wildcard .venv/lib/python3*/site-packages) \
	$(shell find book nnbook_lib -mindepth 1 -not -path '*/.*' -not -path '*__pycache__*')
# One thread for each test process: the processes are what runs side by side.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

.PHONY: always help book pdf epub plain serve test lint format notebooks bench ward lock clean

help:
	@echo 'make book       execute the notebooks and build the site into _build/html'
	@echo 'make pdf        print the built book with Chromium, and link the PDF on its pages'
	@echo 'make epub       make an EPUB of the built book, and link it on its pages'
	@echo 'make plain      build the book by Sphinx alone, and compare it with the built one'
	@echo 'make serve      look at it on http://127.0.0.1:$(PORT) (PORT=...)'
	@echo 'make test       test the library, run every notebook, lint'
	@echo 'make lint       ruff, without changing anything;  make format lets it change'
	@echo 'make notebooks  run the notebooks and store their text outputs, which the tests compare'
	@echo 'make bench      time the library against its peers and write the table of the book'
	@echo 'make ward       try diagnose on every network of tools/ward, and write the table of the book'
	@echo 'make lock       renew constraints.txt;  make clean  remove what was built'

$(READY): requirements.txt constraints.txt pyproject.toml
	@echo "Setting up .venv, which takes about a minute."
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found; this machine's is: $$(python3 --version 2>&1). Install one, or say make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

book: $(MADE)
	@echo "The book is at $(CURDIR)/_build/html/index.html; make serve shows it."

# Where its Python comes from: changes when NNBOOK_PYODIDE does.
_build/.pyodide: always
	@mkdir -p _build
	@echo '$(NNBOOK_PYODIDE)' | cmp -s - $@ || echo '$(NNBOOK_PYODIDE)' > $@

$(MADE): $(READY) $(SOURCES)
	$(ONE_THREAD) $(BIN)/jupyter-book build book --config _config.yml --toc "$(CURDIR)/_toc.yml" \
		--path-output . --warningiserror --nitpick --keep-going
	@touch $@

pdf: $(MADE)
	$(BIN)/python tools/make_pdf.py

epub: $(MADE)
	$(BIN)/python tools/make_epub.py

plain: $(MADE)
	$(ONE_THREAD) $(BIN)/python tools/plain_sphinx.py

serve: $(MADE)
	@echo "http://127.0.0.1:$(PORT)  (Ctrl-C stops it)"
	$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

test: lint
	$(ONE_THREAD) $(BIN)/python -m pytest -n auto --durations 15 \
		--nbval --nbval-kernel-startup-timeout 600

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

notebooks: $(READY)
	$(ONE_THREAD) $(BIN)/python tools/store_outputs.py $(NOTEBOOKS)
	$(BIN)/ruff format book

bench: $(READY)
	$(BIN)/python benchmarks/bench.py --write

ward: $(READY)
	cd tools && ../$(BIN)/python -m ward --write

lock:
	rm -rf .venv-lock
	$(PYTHON) -m venv .venv-lock
	sed '/^-/d' requirements.txt > .venv-lock/direct.txt
	.venv-lock/bin/python -m pip install --quiet -r .venv-lock/direct.txt
	{ echo '# What requirements.txt needs in turn, as of the last "make lock". Do not edit.'; \
		.venv-lock/bin/python -m pip freeze; } > constraints.txt
	rm -rf .venv-lock

clean:
	rm -rf .venv .venv-lock _build .pytest_cache .ruff_cache *.egg-info
