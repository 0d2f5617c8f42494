# Two commands for a fresh checkout with Python 3.11 or newer and nothing else: `make plan` and `make test`.
# Everything is installed into .venv in this folder; nothing outside is touched.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
EXAMPLE := examples/ada.yaml

.PHONY: plan test lint wheel docs examples browser-test-deps bench fuzz environments mutants clean

plan: $(VENV)/.run  ## Ask, then print a plan. Pass flags with ARGS="--role swe --hours-per-week 8".
	@if [ -n "$(ARGS)" ] || [ -t 0 -a -t 1 ]; then $(BIN)/roadmap plan $(ARGS); \
	else echo "No terminal here, so this is the plan of the example $(EXAMPLE). Pass ARGS=\"--role swe\" for yours." >&2; \
	     $(BIN)/roadmap plan --profile $(EXAMPLE); fi

test: $(VENV)/.dev  ## Run the whole test suite.
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.dev  ## Style, types and the floor plan.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(VENV)/.dev  ## Build wheel and sdist, install the wheel into an empty environment, make a plan with it.
	rm -rf dist build/wheel-check
	$(BIN)/python -m build --outdir dist
	$(PYTHON) -m venv build/wheel-check
	build/wheel-check/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd build && ROADMAP_CACHE= wheel-check/bin/roadmap plan --role new --format json --today 2026-11-22 > wheel-plan.json
	$(BIN)/python scripts/check_wheel.py dist build/wheel-plan.json

examples docs: $(VENV)/.dev  ## Write the examples' plans and the generated pages again.
	$(BIN)/python -m scripts.refresh

browser-test-deps:  ## Fetch axe-core and the JSON Resume schema, for tests only, into build/browser (needs npm).
	mkdir -p build/browser/resume
	cd build/browser && npm pack --silent axe-core@4 && tar xzf axe-core-*.tgz package/axe.min.js
	cd build/browser/resume && npm pack --silent @jsonresume/schema@1 && tar xzf jsonresume-schema-*.tgz package/schema.json

bench: $(VENV)/.dev  ## Measure speed and memory in four minutes of a quiet machine, and write docs/performance.md and the sizes in docs/batch.md.
	$(BIN)/python -m scripts.bench $(ARGS)

fuzz: $(VENV)/.dev  ## Give each reader spoiled input for a minute. ARGS="saved sync --seconds 600 --seed 7" for more of some.
	$(BIN)/python -m tests.fuzz $(ARGS)

environments: $(VENV)/.dev  ## Run each command in each odd environment, some 2,700 runs in ten minutes; the tests take a part of them.
	ROADMAP_ENVIRONMENTS=all $(BIN)/python -m pytest -n 2 tests/test_environment.py

mutants: $(VENV)/.dev  ## Change the rules and the core of planning in thousands of small ways; a test has to fail for each. Takes some hours; ARGS names fewer, such as "*answer.money*".
	$(PIP) mutmut
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/mutmut run --max-children 2 $(ARGS)
	$(BIN)/mutmut results | grep -v ': not checked$$' || true

clean:
	rm -rf $(VENV) dist build mutants

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "roadmap needs Python 3.11 or newer; try make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing; on Debian: apt install python3-venv" >&2; exit 1; }

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	@echo "Setting up in $(VENV), once ..." >&2
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	@echo "Setting up in $(VENV), once ..." >&2
	@$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.run
