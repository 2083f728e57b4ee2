#!/usr/bin/env bash
# Scores `dateline extract` on the development halves of the gold sets beside this checkout; SET narrows by name.
set -euo pipefail
cd "$(dirname "$0")/.."
bench=${DATELINE_BENCH:-../shared/bench}
if [ ! -f "$bench/run.py" ]; then
  echo "No gold sets at $bench: they are not part of this repository. Set DATELINE_BENCH to their folder." >&2
  exit 0
fi
exec .venv/bin/python "$bench/run.py" --cmd ".venv/bin/dateline extract" --set "${1:-}"
