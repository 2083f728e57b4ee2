# The few tasks. Each begins with the environment, made from the hash lock alone.
VENV := .venv
BIN := $(VENV)/bin
# One process more than cores, for whole runs wait for processes of their own.
PYTEST := $(BIN)/python -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --maxprocesses 4 --dist worksteal
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test coverage faults fuzz lint scan audit score bench up desk docs lock clean

setup: $(VENV)/.ready

# A change of the lock or of the metadata makes the environment anew.
$(VENV)/.ready: requirements.lock pyproject.toml scripts/setup.sh
	@bash scripts/setup.sh $(VENV)
	@touch $@

demo: setup  ## ingest the examples, run the job, show what came of it
	@$(BIN)/dateline demo

# The slow tests of whole runs come first; a worker that is done takes over what another has not begun.
test: setup  ## every test, on all cores
	@$(PYTEST)

coverage: setup  ## the same, with branch coverage; it doubles the time that Python takes
	@$(PYTEST) --cov --cov-report=term:skip-covered

faults: setup  ## what must not lose anything, done for real: kills, full disks, damage, bombs; a part of `make test`
	@$(PYTEST) tests/faults

fuzz: setup  ## every parser under atheris, each for MINUTES=10; TARGETS="warc facts" for some
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10) $(TARGETS)

lint: setup scan  ## ruff, mypy strict, import-linter, a scan for secrets
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

# Weights and hashes are random by nature; a line that only looks like a secret says so: `pragma: allowlist secret`.
RANDOM := requirements\.lock|\.ambr$$|\.gz$$|weights\.json|labeller_\w+\.json
scan: setup  ## no password or key in any file that is tracked
	@git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook --exclude-files '$(RANDOM)'

audit: setup  ## known vulnerabilities of the locked packages: needs PyPI's own API, which mirrors rarely have
	@uvx pip-audit==2.10.1 --strict --require-hashes --disable-pip --progress-spinner off -r requirements.lock

score: setup  ## the gold sets of ../shared/bench, where they are
	@bash scripts/score.sh $(SET)

bench: setup  ## ratios of speed, each taken in one run
	@$(BIN)/python -m benchmarks $(PART)

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
