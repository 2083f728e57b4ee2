"""Sections, stated or safely told."""

import pytest

from pipelines.clean import section
from pipelines.clean.document import Document, clean
from tests.unit.clean.samples import page


def section_of(jsonld: str, url: str | None = None) -> str | None:
    head = f'<script type="application/ld+json">{jsonld}</script>'
    return clean(Document(html=page(head=head), url=url))["section"]


@pytest.mark.parametrize(
    ("stated", "found"),
    [("Harbour & Quay", "Harbour & Quay"), ("game,news,slider", "game"), ("Uncategorized", None), ("news_news", None),
     ("Sea, Sand and Sun", "Sea, Sand and Sun")],
)  # fmt: skip
def test_sections_that_pages_state(stated: str, found: str | None) -> None:
    assert section_of(f'{{"@type": "NewsArticle", "articleSection": "{stated}"}}') == found


def test_breadcrumbs_lead_to_the_article() -> None:
    steps = ["Home", "Cities", "Norvale", "Norvale to close its iron bridge"]
    items = ",".join(
        f'{{"@type": "ListItem", "position": {i}, "item": {{"name": "{step}"}}}}' for i, step in enumerate(steps, 1)
    )
    assert section_of(f'{{"@type": "BreadcrumbList", "itemListElement": [{items}]}}') == "Norvale"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://x.example/politics/2025/norvale", "Politics"),
        ("https://x.example/news/uk/norvale-1", "UK"),
        ("https://x.example/norvale-to-close/1", None),
        ("https://x.example/politics", None),
        ("http://[x/politics/a", None),
        (None, None),
    ],
)
def test_sections_in_addresses(url: str | None, found: str | None) -> None:
    assert section.in_address(url) == found
