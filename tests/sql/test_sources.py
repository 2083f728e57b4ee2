"""mart.sources: whom the figures and quotes of a publisher come from, with the counts behind each share."""

import pytest

from pipelines import models
from pipelines.build import run_check
from tests.sql.conftest import Filled
from tests.sql.test_core import LAST, corrected
from tests.world import SQL, Rows, article, march, row, span

WORDS = "One Two Three Four Five Six"
TYPES = ("official", "named", "anonymous", "anonymous", "media", "author")


def told(version: str, section: str | None, speakers: tuple[tuple[str | None, str | None], ...]) -> Rows:
    """An article with a figure of each source type, and quotes of these: what they are called, and their name."""
    key = {"version_id": version}
    figures = list(enumerate(WORDS.split()))
    return article(version, WORDS, section=section, publisher="The Ostreva Post") | {
        "facts/quantities": [
            row("facts/quantities", **key, index=i, sentence=0, value=i + 1.0, **span(WORDS, word))
            for i, word in figures
        ],
        "facts/claims": [
            row("facts/claims", **key, index=i, quantity=i, sentence=0, source_type=TYPES[i], hedge="asserted")
            for i, _ in figures
        ],
        "facts/quotes": [
            row("facts/quotes", **key, index=i, sentence=0, kind="direct", speaker=called, speaker_name=name,
                speaker_start=called and WORDS.index(called), speaker_end=called and WORDS.index(called) + len(called),
                **span(WORDS, WORDS))
            for i, (called, name) in enumerate(speakers)
        ],
    }  # fmt: skip


def test_figures_and_quotes_are_counted_by_their_source(filled: Filled) -> None:
    con = filled(
        told("a", "World", (("One", "Ada Lind"), ("Two", None), ("Three", "Ines Okoro"), (None, None))),
        told("b", "World", ()),
        told("c", None, (("Four", None),)),
        march(1),
        corrected(LAST),
    )
    counts = "official, named, anonymous, document, media, author, given, anonymous_share"
    assert con.execute(f"select publisher, section, articles, figures, {counts} from mart.sources").fetchall() == [  # noqa: S608
        ("The Ostreva Post", "World", 2, 12, 2, 2, 4, 0, 2, 2, 10, 0.4),
        ("The Ostreva Post", None, 1, 6, 1, 1, 2, 0, 1, 1, 5, 0.4),
        ("The Almer Courier", None, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0.0),
    ]
    counts = "quotes, quotes_named, quotes_unnamed, quotes_unknown, unnamed_share"
    assert con.execute(f"select {counts} from mart.sources").fetchall() == [  # noqa: S608
        (4, 2, 1, 1, pytest.approx(1 / 3)),
        (1, 0, 1, 0, 1.0),
        (1, 1, 0, 0, 0.0),
    ]


def test_a_pronoun_that_stands_for_nobody_known_is_no_unnamed_source(filled: Filled) -> None:
    lost = march(1)
    text = lost["clean/articles"][0]["text"].replace("The Ministry of Defence", "                   They")
    lost["clean/articles"][0]["text"] = text
    lost["facts/sentences"] = lost["facts/mentions"] = []
    lost["facts/quotes"][0] |= {
        "speaker": "They", "speaker_name": None, "speaker_start": text.index("They"),
        "speaker_end": text.index("They") + 4, "sentence": None,
    }  # fmt: skip
    lost["facts/claims"][0] |= {"speaker": "They", "speaker_name": None, "source_type": "anonymous"}
    con = filled(lost)
    counts = "quotes_unknown, quotes_unnamed, unnamed_share, unknown, anonymous, given, anonymous_share"
    assert con.execute(f"select {counts} from mart.sources").fetchall() == [(1, 0, None, 1, 0, 0, None)]  # noqa: S608


def test_an_article_that_only_states_has_no_share(filled: Filled) -> None:
    stated = march(1) | {"facts/quotes": []}
    stated["facts/claims"][0] |= {"source_type": "author", "speaker": None, "speaker_name": None, "cue": None}
    con = filled(stated)
    assert con.execute(
        "select figures, author, given, anonymous_share, unnamed_share from mart.sources"
    ).fetchall() == [(1, 1, 0, None, None)]
    (check,) = (c for c in models.load(SQL).checks if c.table == "mart/sources")
    assert run_check(con, check).failures == 0
    con.execute("update mart.sources set named = 1")
    assert run_check(con, check).failures == 1
