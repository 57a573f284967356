# `make app` and `make test` do everything on a fresh machine that has Python 3.11 or newer and make.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check
# uv takes 5 seconds where pip takes 45. It reads none of pip's settings: where only they tell the way to an index, pip installs.
install = $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) || $(PIP) --require-hashes -r $(1)
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links

# Where it is set, as in many containers, nothing keeps what it has compiled: every process would compile all libraries anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help app test checks browser build fetch export lock freeze readme architecture pictures bench clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

app: $(VENV)/.app  ## set up, then serve the dashboard on the figures that come with it (PORT=8501)
	$(BIN)/python -m dashboard --port $(PORT)

# Three at once on two cores: while one waits for a page or a server, two others work.
test: $(VENV)/.dev  ## set up, browser included, then run every check and test (COVERAGE=--cov shows what they reach)
	$(MAKE) --no-print-directory --jobs=2 browser checks
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(COVERAGE)

checks: $(VENV)/.dev  ## look at style, types and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser: $(VENV)/.dev  ## install the browser and the proxy that tests need, where there is none
	$(BIN)/python tests/chromium.py
	$(BIN)/python tests/server/caddy.py

build: $(VENV)/.pipeline  ## make data/processed from data/raw
	$(BIN)/python -m pipeline build

fetch: $(VENV)/.pipeline  ## fetch the publishers' newest figures, show what changed, and build
	$(BIN)/python -m pipeline fetch
	$(BIN)/python -m pipeline build
	$(BIN)/python -m pipeline diff

export: $(VENV)/.pipeline  ## write the national pack of slides, pictures and files to dist/
	$(BIN)/python -m charts export national --out dist

lock: $(VENV)/.dev  ## pin what pyproject.toml asks for, with checksums (UPGRADE=--upgrade takes newer versions)
	$(LOCK) $(UPGRADE) pyproject.toml -o requirements.txt
	$(LOCK) $(UPGRADE) pyproject.toml --extra pipeline -c requirements.txt -o requirements-pipeline.txt
	$(LOCK) $(UPGRADE) pyproject.toml --extra pipeline --extra dev -c requirements-pipeline.txt -o requirements-dev.txt
	$(LOCK) $(UPGRADE) --group setup -c requirements-dev.txt -o requirements-setup.txt

freeze: $(VENV)/.dev  ## copy tables that are new in data/raw to the figures that the tests run on
	$(BIN)/python tests/freeze.py

readme: $(VENV)/.app  ## write the newest figures into the README
	$(BIN)/python -m tools.readme

architecture: $(VENV)/.dev  ## draw the rooms and their imports into docs/architecture.md
	$(BIN)/python -m tools.architecture

pictures: $(VENV)/.dev  ## take the pictures of the screens that README and docs show
	$(BIN)/python tests/chromium.py
	PYTHONPATH=.:tests $(BIN)/python -m browser.take_pictures

bench: $(VENV)/.dev  ## measure speed, every figure as a ratio in one run
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m benchmarks

clean:  ## remove what set-up made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.venv: requirements-setup.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-setup.txt
	@touch $@

# What each target needs, and no more: .app the screens, .pipeline the figures and files too, .dev the tests as well.
$(VENV)/.app: $(VENV)/.venv requirements.txt
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.pipeline: $(VENV)/.venv requirements-pipeline.txt
	$(call install,requirements-pipeline.txt)
	@touch $@ $(VENV)/.app

$(VENV)/.dev: $(VENV)/.venv requirements-dev.txt
	$(call install,requirements-dev.txt)
	@touch $@ $(VENV)/.pipeline $(VENV)/.app
