# Everything a newcomer needs: `make demo`, `make start`, `make test`.
# The virtual environment in .venv is rebuilt whenever a lock file changes.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK := --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	--universal --python-version 3.11 --generate-hashes --no-strip-extras --quiet

.PHONY: demo start test soak lint format bench golden docs lock browser site screens clean

demo: .venv/.run
	@$(BIN)/notyet demo

start: .venv/.run
	@$(BIN)/notyet start

test: .venv/.dev browser
	@$(BIN)/python -m pytest -n auto -q

soak: .venv/.dev
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -n auto -q -m "soak or not soak"

lint: .venv/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: .venv/.dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: .venv/.dev
	@$(BIN)/python -m tests.bench

golden: .venv/.dev
	@$(BIN)/python -m pytest -n auto -q --update-golden

docs: .venv/.dev
	@$(BIN)/python -m tests.reference

.venv/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Not Yet needs Python 3.11 or newer; try: make PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv \
	  || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The guide with the dashboard locked in, in site/; the tools are set up on first use.
site: .venv/.site
	@$(BIN)/notyet site build

# The pictures of the dashboard in docs/assets/screens/, taken of the sample.
screens: .venv/.dev browser
	@$(BIN)/python -m tests.browser.screens

.venv/.site: .venv/.run requirements/site.txt
	@$(PIP) install --require-hashes -r requirements/site.txt
	@touch $@

# The browser tests drive a real Chromium, and an independent program opens what we lock.
# As root on Debian both are installed here; anywhere else the remedy is said in one line.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || command -v google-chrome >/dev/null || $(call install,chromium)
	@command -v jose >/dev/null || $(call install,jose)

install = { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && echo "Installing $(1) for the tests ..." && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null; } \
	  || { echo "The tests need $(1); on Debian: sudo apt-get install $(1)" >&2; exit 2; }

# Needs `uv` on the PATH; everyone else only reads the lock files.
lock:
	@uv pip compile $(LOCK) --extra build pyproject.toml -o requirements/run.txt
	@uv pip compile $(LOCK) --extra build --extra site pyproject.toml -o requirements/site.txt
	@uv pip compile $(LOCK) --extra build --extra site --extra dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf .venv .demo site build .mypy_cache .pytest_cache .ruff_cache .hypothesis
