#!/usr/bin/env bash
# Makes the virtual environment from the hash lock. With uv it takes seconds; without it, uv comes into the
# environment from the registry first, and where even that fails pip does the work. Packages are compiled once, here, as
# pip does by itself: where Python may not write bytecode (PYTHONDONTWRITEBYTECODE, a read-only image), every start of
# every process would compile them again.
set -euo pipefail
venv=$1
cd "$(dirname "$0")/.."

find_python() {
  local candidate
  for candidate in python3.12 python3.13 python3.14 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "dateline needs Python 3.12 or newer: install it, or put it on PATH as python3.12" >&2
  return 1
}

python=$(find_python)
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing the locked packages into $venv ..."
if command -v uv >/dev/null 2>&1; then
  uv=uv
elif "$venv/bin/python" -m pip install --quiet uv; then
  uv=$venv/bin/uv
fi
if [ -n "${uv:-}" ]; then
  VIRTUAL_ENV=$venv "$uv" pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
  VIRTUAL_ENV=$venv "$uv" pip install --quiet --no-deps --no-build-isolation -e .
else
  "$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
  "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e .
fi
