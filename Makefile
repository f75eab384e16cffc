# Two commands matter: `make demo` and `make test`. Everything they need they make themselves.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench fuzz coverage mutation eval ingest-report lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

demo: $(READY) ## build everything and serve the chat page on http://127.0.0.1:8000
	$(BIN)/troly demo

test: $(READY) ## install the system packages the tests need, then pass every test
	.ci/system-packages || true
	$(BIN)/pytest -n 2 --dist loadfile

check: $(READY) ## ruff, mypy strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY) ## rewrite the code in the project's format
	$(BIN)/ruff check --fix-only -q .
	$(BIN)/ruff format -q .

bench: $(READY) ## budgets and ratios, outside `make test`
	$(BIN)/pytest tests/bench -m bench -s

FUZZ_SECONDS ?= 600
fuzz: $(READY) ## 100,000 generated queries against the guard, an hour or more, then FUZZ_SECONDS of bytes led by coverage
	TROLY_FUZZ=50 $(BIN)/pytest tests/security/test_properties.py
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements/fuzz.txt
	$(BIN)/python -m tests.security.fuzz_bytes -max_total_time=$(FUZZ_SECONDS)

coverage: $(READY) ## branch coverage of the guard and of access: fails below 100 %
	$(BIN)/pytest tests/unit/query/guard tests/unit/access tests/unit/query/test_runner.py tests/security/test_ledger.py \
		tests/security/test_disclosure.py \
		--cov=assistant.query.guard --cov=assistant.access --cov-branch --cov-report=term-missing:skip-covered \
		--cov-fail-under=100

SHARE ?= 0.1
FIRST ?= 0
mutation: $(READY) ## change the guard in SHARE of all small ways; fails when tests notice less than 95 %
	$(BIN)/python -m tests.mutation.run $(SHARE) $(FIRST)

eval: $(READY) ## the shipped suites on the shipped samples
	$(BIN)/troly-eval run retrieval
	$(BIN)/troly-eval run regulation
	$(BIN)/troly-eval run data

CORPUS ?= ../shared/data/corpus
ingest-report: $(READY) ## read every file below CORPUS without encoding it: pages, provisions, refusals, warnings
	$(BIN)/troly-ingest report $(CORPUS) --out build/ingest-report

lock: ## rewrite requirements/*.txt from pyproject.toml (needs uv)
	.ci/lock

clean: ## remove what was built, keep what was downloaded
	rm -rf .data build runs *.egg-info

$(READY): requirements/lock.txt requirements/cuda.txt pyproject.toml
	PYTHON=$(PYTHON) .ci/install $(VENV)
	touch $@
