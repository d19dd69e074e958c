# The environment is .venv, made from the pinned requirements; PYTHON chooses what makes it.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NEO4J := scripts/neo4j_server.py
WORKERS ?= auto
PYTEST := $(BIN)/python -m pytest --numprocesses=$(WORKERS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SILENT:

.PHONY: help
help: ## list these targets
	awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: .venv/.project ## two published reviews, loaded, asked and mapped
	sh scripts/demo.sh

.PHONY: serve
serve: .venv/.project ## the HTTP API on this machine
	$(BIN)/theorygraph serve $(ARGS)

.PHONY: quick
quick: dev ## tests while you work: no browser, Neo4j, process or slow law
	$(PYTEST) -m "not (neo4j or browser or process or slow)" --hypothesis-profile=quick $(ARGS)

.PHONY: test
test: dev ## all tests, beside a Neo4j of their own (ARGS= goes to pytest)
	$(BIN)/python $(NEO4J) run -- $(PYTEST) $(ARGS)

.PHONY: laws
laws: dev ## each law on many examples; takes an hour or more, writes docs/laws.md
	$(BIN)/python $(NEO4J) run -- $(PYTEST) -m law --hypothesis-profile=laws \
		--figures=docs/laws.md $(ARGS)

.PHONY: mutate
mutate: dev ## break the code in one place after another; list what no test notices
	$(BIN)/python scripts/mutate.py $(ARGS)

.PHONY: check
check: dev ## style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: format
format: dev ## put the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: neo4j
neo4j: .venv/.project ## start a test Neo4j that stays, print how to reach it
	$(BIN)/python $(NEO4J) start >&2
	$(BIN)/python $(NEO4J) env

.PHONY: neo4j-stop
neo4j-stop: ## end the Neo4j that `make neo4j` started
	$(PYTHON) $(NEO4J) stop

.PHONY: bench
bench: dev ## measure against raw stores and raw HTTP
	$(BIN)/python $(NEO4J) run --lasting -- $(BIN)/python -m benchmarks $(ARGS)

.PHONY: docs
docs: dev ## write the documentation that is made from the code
	$(BIN)/python scripts/make_docs.py

.PHONY: pictures
pictures: dev ## draw the pictures of the documentation from the shipped reviews
	$(BIN)/python scripts/make_figures.py
	$(BIN)/python scripts/make_picture.py --all

.PHONY: lock
lock: ## pin every package anew (ARGS=--upgrade moves to newer versions)
	sh scripts/lock.sh $(ARGS)

.PHONY: dev
dev: .venv/.project .venv/.dev ## the environment with everything for tests and checks

.PHONY: clean
clean: ## remove what make made; your own graphs stay
	$(PYTHON) $(NEO4J) stop
	rm -rf .venv .neo4j .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.runtime: requirements/build.txt requirements/runtime.txt
	command -v "$(PYTHON)" >/dev/null || { \
		echo "$(PYTHON) was not found; theorygraph needs Python 3.11 or newer." >&2; exit 1; }
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "theorygraph needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)." \
			"Name another one: make PYTHON=python3.12 …" >&2; exit 1; }
	echo "making .venv, once …" >&2
	"$(PYTHON)" -m venv --clear .venv || { \
		echo "venv is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PIP) install --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	echo "adding what tests and checks need …" >&2
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

.venv/.project: pyproject.toml .venv/.runtime
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@
