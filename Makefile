# Everything a person runs. `make` alone lists it. Works with GNU make 4.3 and a POSIX shell.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3.11
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DATA := $(or $(GOVSTATS_DATA),data)

# Nothing here reports to anybody.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false

# By file: what one file's tests share (a running Airflow, a finished run) is made once.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile

.PHONY: help
help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: setup
setup: $(INSTALLED) ## install what is missing into .venv (the other commands do it by themselves)

$(INSTALLED): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 && $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) with its venv module is needed: install python3.11 and python3.11-venv" >&2; \
	  echo "(or name another Python 3.11: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11)" >&2; \
	  exit 1; }
	@echo "== setup: installing into $(VENV)"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: run
run: setup ## data/raw → release, without a scheduler; prints the scorecard
	@if [ -z "$$(find "$(DATA)/raw" -type f ! -name '.*' 2>/dev/null | head -n 1)" ]; then \
	  echo "== $(DATA)/raw is empty: generating demonstration data (演示数据)"; \
	  $(BIN)/python -m demo; \
	fi
	@$(BIN)/python -m scripts.headless

.PHONY: demo
demo: setup ## write the demonstration spreadsheets (演示数据) into data/raw
	@$(BIN)/python -m demo

.PHONY: up
up: setup ## start Airflow on 127.0.0.1 (port: GOVSTATS_AIRFLOW_PORT, default 8080)
	@$(BIN)/python -m scripts.services up

.PHONY: down
down: setup ## stop the Airflow that `make up` started
	@$(BIN)/python -m scripts.services down

.PHONY: test
test: lint ## all checks, then the fast tests
	@echo "== pytest, fast tests"
	@$(PYTEST) -m "not slow"

.PHONY: test-slow
test-slow: setup ## the slow tests: live Airflow, whole runs
	@echo "== pytest, slow tests"
	@$(PYTEST) -m slow

.PHONY: test-all
test-all: lint ## all checks, all tests
	@echo "== pytest, all tests"
	@$(PYTEST)

LINTERS := lint-sql lint-mypy lint-ruff lint-format lint-schemas lint-containers

.PHONY: lint
lint: setup ## all checks without tests: code, types, SQL, layouts and rules
	@$(MAKE) --keep-going --jobs=2 --output-sync=target $(LINTERS) || { \
	  echo "checks failed: see the lines with *** above" >&2; exit 1; }

.PHONY: $(LINTERS)
lint-ruff:
	@echo "== ruff check"
	@$(BIN)/ruff check --quiet .

lint-format:
	@echo "== ruff format"
	@$(BIN)/ruff format --quiet --check --diff .

lint-mypy:
	@echo "== mypy --strict"
	@$(BIN)/mypy --no-error-summary

lint-sql:
	@echo "== sqlfluff"
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests

lint-schemas:
	@echo "== check-jsonschema: layouts, expectations, bulletin"
	@$(BIN)/check-jsonschema --quiet --check-metaschema layouts/schema.json \
	  expectations/schema.json bulletin/schema.json
	@$(BIN)/check-jsonschema --quiet --schemafile layouts/schema.json layouts/*.yml
	@$(BIN)/check-jsonschema --quiet --schemafile expectations/schema.json expectations/*.yml
	@$(BIN)/check-jsonschema --quiet --schemafile bulletin/schema.json bulletin/template.yml

lint-containers:
	@echo "== hadolint, compose file"
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml
	@for script in deploy/*.sh; do sh -n "$$script" || exit 1; done

.PHONY: format
format: setup ## rewrite code in the project's style
	@$(BIN)/ruff check --quiet --fix .; $(BIN)/ruff format .

.PHONY: bench
bench: setup ## measure against the floors; plant 1,000 errors and count what the audit finds
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench seeding

EXPORT := --quiet --frozen --no-emit-project --no-annotate --no-header

.PHONY: lock
lock: setup ## resolve all dependencies anew into the two locks, for here and for containers
	@$(BIN)/uv lock --python $(BIN)/python
	@$(BIN)/uv export $(EXPORT) -o requirements.lock
	@$(BIN)/uv export $(EXPORT) --no-dev --group container -o requirements-container.lock
	@rm -f uv.lock

.PHONY: sbom
sbom: setup ## write sbom.cdx.json, the bill of materials of both locks (CycloneDX)
	@$(BIN)/python -m scripts.sbom

.PHONY: audit
audit: setup ## ask a vulnerability service about what the locks pin (AUDIT="--service-url …")
	@$(BIN)/python -m scripts.audit $(AUDIT)

.PHONY: clean
clean: ## remove caches; what came in, what was released and .venv stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  dbt_project/target dbt_project/logs
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -not -path './data/*' \
	  -prune -exec rm -rf {} +
