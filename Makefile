# Two commands do everything: `make serve` and `make test`. Both set up what they need in .venv, from Python and make alone.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(BIN)/python
READY := .venv/ready
# Material announces the end of its own life at every build; the blocks do not depend on it, and a test builds them without.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve site test exercise record accept stability compare bench check format lock picture clean

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(READY)  ## Record, build and serve the site at http://127.0.0.1:8000, and again after every change
	$(RUN) -m mkdocs serve --no-strict --dev-addr 127.0.0.1:$(PORT)

site: $(READY)  ## Record and build the site into site/
	$(RUN) -m mkdocs build --strict

test: $(READY) check  ## Everything that proves that the site is true
	$(RUN) -m pytest -n 2

exercise: $(READY)  ## Check what you wrote for an exercise: make exercise TASK=section/task, FILE=… for a file elsewhere
	@$(RUN) tests/exercises "$(TASK)" --file "$(FILE)"

record: $(READY)  ## Run what is stale, compare with the transcripts
	$(RUN) -m runnable record

accept: $(READY)  ## Rewrite the transcripts that no longer fit, and say what changed
	$(RUN) -m runnable accept

stability: $(READY)  ## Run every program 20 times and tell what varies
	$(RUN) -m runnable stability --runs 20

compare: $(READY)  ## Measure asyncio, threads and processes on this machine
	$(RUN) -m runnable compare

bench: $(READY)  ## Measure what we claim about speed
	$(RUN) -m benchmarks

check: $(READY)  ## Lint, types and spelling
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m codespell_lib

format: $(READY)  ## Format the code
	$(RUN) -m ruff check --fix --quiet .
	$(RUN) -m ruff format --quiet .

lock: $(READY)  ## Renew requirements/all.txt from pyproject.toml
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --group site --group snippets --group services --group tests --group build \
	  pyproject.toml --output-file requirements/all.txt

picture: site  ## Draw the README's picture from the site; needs Chromium
	$(RUN) .ci/picture

clean:  ## Delete what can be made again
	rm -rf .cache site .mypy_cache .ruff_cache .pytest_cache

$(READY): requirements/all.txt pyproject.toml
	@$(PYTHON) .ci/check-python
	$(PYTHON) -m venv .venv
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/all.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(RUN) -c "import pathlib; pathlib.Path('$(READY)').touch()"
