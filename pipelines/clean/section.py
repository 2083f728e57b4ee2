"""The section of a paper: as the page states it, in its breadcrumbs, in the address where that is safe."""

import re
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from pipelines.clean.headline import key
from pipelines.clean.structured import Structured, kinds, listed, named

_INITIALS = frozenset(["us", "uk"])
_SEVERAL = re.compile(r"\s?[,;]\s?")
_LONGEST = 60  # characters


@cache
def _listed(name: str) -> frozenset[str]:
    data = tomllib.loads((files("pipelines.clean") / "sections.toml").read_text(encoding="utf-8"))
    return frozenset(data[name])


def of_page(stated: Structured, url: str | None, title: str | None, site: Collection[str]) -> str | None:
    """The section of a page's article; null where nothing that is one is stated."""
    candidates = [
        named(stated.article.get("articleSection")),
        stated.first("article:section", "section", "parsely-section"),
        *stated.microdata.get("articleSection", ()),
        _breadcrumb(stated, title, site),
        in_address(url),
    ]
    return next((found for text in candidates if (found := _first(text))), None)


def in_address(url: str | None) -> str | None:
    """The section that an address begins with, if it is one that all papers have."""
    try:
        parts = [unquote(part) for part in urlsplit(url or "").path.split("/") if part]
    except ValueError:
        return None
    if len(parts) > 1 and parts[0] == "news":
        parts = parts[1:]
    if len(parts) < 2 or parts[0] not in _listed("sections"):  # noqa: PLR2004 - the section and the article
        return None
    return parts[0].upper() if parts[0] in _INITIALS else parts[0].capitalize()


def _first(text: str | None) -> str | None:
    """The first of several sections in one text; null for what is none."""
    parts = _SEVERAL.split(text or "")
    several = len(parts) > 2 or any(part.islower() for part in parts[1:]) or len(set(map(key, parts))) < len(parts)  # noqa: PLR2004
    found = parts[0] if several else text or ""
    if not found or len(found) > _LONGEST or "_" in found or "://" in found or key(found) in _listed("none"):
        return None
    return found


def _breadcrumb(stated: Structured, title: str | None, site: Collection[str]) -> str | None:
    """The last step of the breadcrumbs above the article itself."""
    barred = {key(name) for name in (title, *site) if name} | _listed("none")
    for node in stated.nodes:
        if "BreadcrumbList" in kinds(node):
            steps = [name for name in _steps(node) if key(name) not in barred and not _is_title(name, title)]
            if steps:
                return steps[-1]
    return None


def _steps(node: dict[str, object]) -> Iterator[str]:
    items = [item for item in listed(node.get("itemListElement")) if isinstance(item, dict)]
    for item in sorted(items, key=lambda item: str(item.get("position", "")).zfill(3)):
        if name := named(item.get("name")) or named(item.get("item")):
            yield name


def _is_title(name: str, title: str | None) -> bool:
    """Whether a step is the article: its headline, cut or not, or as long as one."""
    return len(name.split()) > 5 or bool(title and key(name)[:20] == key(title)[:20])  # noqa: PLR2004
