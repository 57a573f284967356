# `make app` and `make test` do everything on a fresh machine that has Python 3.11 or newer and make.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help app test build fetch pictures bench clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

app: $(VENV)/.app  ## set up, then serve the dashboard on the figures that come with it (PORT=8501)
	$(BIN)/python -m dashboard --port $(PORT)

test: $(VENV)/.dev  ## set up, browser included, then run every check and test
	$(BIN)/python tests/chromium.py
	$(BIN)/python tests/server/caddy.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

build: $(VENV)/.app  ## make data/processed from data/raw
	$(BIN)/python -m pipeline build

fetch: $(VENV)/.app  ## fetch the publishers' newest figures, show what changed, and build
	$(BIN)/python -m pipeline fetch
	$(BIN)/python -m pipeline build
	$(BIN)/python -m pipeline diff

pictures: $(VENV)/.dev  ## take the pictures of the screens that README and docs show
	$(BIN)/python tests/chromium.py
	PYTHONPATH=.:tests $(BIN)/python -m browser.take_pictures

bench: $(VENV)/.dev  ## measure speed, every figure as a ratio in one run
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m benchmarks

clean:  ## remove what set-up made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.app: $(VENV)/.venv requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.venv requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.app
