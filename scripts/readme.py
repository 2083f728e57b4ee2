"""Runs what README.md shows, on the examples, and writes what came of it back; `--check` only compares.

A `console` block holds commands, each behind `$ `, and their output. An `sql` block is a query; the `text` block after
it is its answer.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
README = PROJECT / "README.md"
CONSOLE = re.compile(r"```console\n(?P<body>.*?)```", re.DOTALL)
QUERY = re.compile(r"```sql\n(?P<query>.*?)```\n\n```text\n.*?```", re.DOTALL)
WIDTH = "116"


def rendered(text: str, environment: Mapping[str, str]) -> str:
    """The page with every output as it is now; commands come first, since queries ask what they have brought in."""
    text = CONSOLE.sub(lambda block: _commands(block["body"], environment), text)
    return QUERY.sub(lambda block: _query(block["query"], environment), text)


def _commands(body: str, environment: Mapping[str, str]) -> str:
    commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
    return "```console\n" + "".join(f"$ {c}\n{_run(shlex.split(c), environment)}" for c in commands) + "```"


def _query(query: str, environment: Mapping[str, str]) -> str:
    return f"```sql\n{query}```\n\n```text\n{_run(['dateline', 'sql', query], environment)}```"


def _run(arguments: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(arguments, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # README's own
    if done.returncode:
        raise SystemExit(f"{shlex.join(arguments)} failed: {done.stderr}{done.stdout}")
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def main() -> None:
    """Rewrite README.md, or with `--check` end with 1 where it is not what the commands give."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "DATELINE_DATA": folder, "COLUMNS": WIDTH}
        before = README.read_text(encoding="utf-8")
        after = rendered(before, environment)
    if "--check" not in sys.argv:
        README.write_text(after, encoding="utf-8")
    elif after != before:
        changed = [line for line in after.splitlines() if line not in before.splitlines()]
        raise SystemExit("README.md does not show what its commands give; run scripts/readme.py\n" + "\n".join(changed))


if __name__ == "__main__":
    main()
