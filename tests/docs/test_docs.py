"""What the documents say is what there is."""

import subprocess
import sys
from pathlib import Path

from pipelines.dictionary import dictionary
from pipelines.models import load
from pipelines.settings import PROJECT, Settings

SQL = PROJECT / "sql"


def test_the_dictionary_is_current() -> None:
    written = (PROJECT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert written == dictionary(load(SQL)), "run `dateline docs`"


def test_readme_shows_what_its_commands_give() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/readme.py", "--check"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_setting_is_described() -> None:
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.model_fields if f"`DATELINE_{name.upper()}`" not in page]
    assert not missing, f"docs/operations.md does not tell of {missing}"


def test_links_lead_to_files() -> None:
    pages = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob("examples/*.md")]
    assert pages
    broken = [
        f"{page.name}: {target}" for page in pages for target in _links(page) if not (page.parent / target).exists()
    ]
    assert not broken


def _links(page: Path) -> list[str]:
    import re

    found = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link]
