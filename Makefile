# Two commands matter: `make demo` and `make test`. Both do all their own set-up. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check
OUT ?= out
LOCK := --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q

.PHONY: help setup dev demo run test check format bench bench-full lock clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(RUN_READY)  ## make .venv with the CLI at .venv/bin/haidang
dev: $(DEV_READY)  ## setup, and the tools of a developer

$(RUN_READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -q --require-hashes -r requirements.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_READY): $(RUN_READY) requirements-dev.lock
	$(PIP) install -q --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup  ## the main job on an invented press, on loopback, in under a minute
	$(BIN)/python -m demo.run --home $(OUT)/demo

run: setup  ## the same job on live sources (stop with Ctrl-C)
	$(BIN)/haidang up

check: dev  ## format, lint, types, and the direction of the arrows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## everything that must hold
	$(BIN)/python -m pytest -n auto tests/unit tests/contract
	$(BIN)/python -m pytest --ignore tests/unit --ignore tests/contract tests

format: dev  ## let ruff put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: dev  ## figures beside their floors (needs ../shared)
	$(BIN)/python -m bench.gate

bench-full: dev  ## the long ones: 200 kills, the whole recording
	$(BIN)/python -m bench.gate --full

lock:  ## pin and hash again after a change in pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra build $(LOCK) -o requirements.lock
	uv pip compile pyproject.toml --extra dev $(LOCK) -c requirements.lock -o requirements-dev.lock

clean:  ## remove what was made here
	rm -rf $(OUT) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
