# The few tasks. Each begins with the environment, made from the hash lock alone.
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test lint score bench up desk docs lock clean

setup: $(VENV)/.ready

# A change of the lock or of the metadata makes the environment anew.
$(VENV)/.ready: requirements.lock pyproject.toml scripts/setup.sh
	@bash scripts/setup.sh $(VENV)
	@touch $@

demo: setup  ## ingest the examples, run the job, show what came of it
	@$(BIN)/dateline demo

# The slow tests of whole runs come first; a worker that is done takes over what another has not begun.
test: setup  ## every test, on all cores, with branch coverage
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal --cov --cov-report=term:skip-covered

lint: setup  ## ruff, mypy strict, import-linter
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

score: setup  ## the gold sets of ../shared/bench, where they are
	@bash scripts/score.sh $(SET)

bench: setup  ## ratios of speed, each taken in one run
	@$(BIN)/python -m benchmarks

up: setup  ## Dagster's UI with schedule and sensor, on 127.0.0.1
	@$(BIN)/dateline up

desk: setup  ## pages to look at the facts, on 127.0.0.1
	@$(BIN)/dateline desk

docs: setup  ## the data dictionary from the schemas
	@$(BIN)/dateline docs

lock:  ## resolve the lock anew, without any registry's address
	@uv pip compile --universal --python-version 3.12 --extra desk --extra dev --generate-hashes --no-emit-index-url --no-header -q \
		pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) data build .pytest_cache .mypy_cache .ruff_cache .hypothesis
