"""What a site prints in every article is known from earlier days; what its stories say stays, also if said again."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.ingest.take import take
from pipelines.lake import Lake
from pipelines.settings import Settings
from pipelines.steps import clean as module
from pipelines.steps.clean import CLEAN_TABLES, clean_shard, pending_shards
from tests.world import DAY, NOON

LIMITS = Settings(workers=1)
NOTE = "Mara Lindqvist writes about coasts for this newspaper and teaches rhetoric at a college in Dunmarrow."
REFUSAL = "The owners did not answer several letters and telephone calls before this edition was printed."
BACKGROUND = "The Tarn bridge, which joins Ostreva to the mainland, lost two of its pillars in the flood of January."
STORIES = [
    (
        "The harbour of Ostreva reopened on Monday after twelve days of storm, and ferries took grain to the islands.|"
        "The harbour master said that forty ships were waiting outside the harbour, and that the storm had sunk two.|"
        "Grain had grown so dear on the islands that the ferries sold it from their decks, the harbour master said."
    ),
    (
        "A museum in Vallmark bought eleven paintings by Ilse Morrow on Tuesday, the largest sale of her work so far.|"
        "The museum paid 3 million crowns for the paintings, most of which Morrow made in Vallmark in her last years.|"
        "Visitors will see the paintings from May, when the museum opens a wing that it has built for Morrow's work."
    ),
    (
        "Teachers in the province of Harn will strike on Thursday over a plan to close nineteen village schools.|"
        "The province says that the schools have too few pupils, and that the plan saves 40 million crowns a year.|"
        "Teachers answered that pupils would then ride buses for two hours a day, and that the province knew as much."
    ),
    (
        "The footballers of Osterby won the cup for the first time, beating Karlshafen by two goals to one.|"
        "Osterby scored both goals within four minutes, after Karlshafen had led the footballers for most of it.|"
        "The cup goes to Osterby's town hall, where the footballers will show it to the town on Sunday, the club said."
    ),
    (
        "Apple growers around Tolsund expect their smallest harvest in thirty years after frost in early May.|"
        "The frost killed blossoms in nine orchards of ten, growers said, and the harvest may be a third of the last.|"
        "Growers asked for help from the state, which paid them 12 million crowns after the frost of the year before."
    ),
]

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def page(number: int, *extra: str, name: str | None = None, **given: Any) -> dict[str, Any]:
    """An article of an invented site, with lines put below its paragraphs."""
    paragraphs = [*STORIES[number].split("|"), *extra]
    url = f"https://www.ledger.example/2026/{name or f'story-number-{number}-of-the-day'}"
    return {"text": "\n\n".join(paragraphs), "url": url, "title": f"Headline {number} of the day"} | given


def capture(lake: Lake, folder: Path, day: int, records: Iterable[dict[str, Any]]) -> None:
    file = folder / f"export-{day}.jsonl"
    file.write_text("\n".join(map(json.dumps, records)))
    take([file], lake, NOON + timedelta(days=day), LIMITS)


def clean_day(lake: Lake, day: int) -> None:
    for shard in pending_shards(lake, DAY + timedelta(days=day)):
        clean_shard(lake, shard, LIMITS)


def run(lake: Lake, folder: Path, *days: Iterable[dict[str, Any]]) -> None:
    for day, records in enumerate(days):
        capture(lake, folder, day, records)
        clean_day(lake, day)


def texts(lake: Lake, day: int) -> list[str]:
    rows = of_table(lake, "clean/articles", DAY + timedelta(days=day))
    return [r["text"] for r in sorted(rows, key=lambda r: r["url"] or "")]


def of_table(lake: Lake, table: str, day: date | None = None) -> list[dict[str, Any]]:
    shards = (s for s in lake.shards(table) if day in (None, s.day))
    return [row for shard in shards for row in lake.read(shard).to_pylist()]


def test_the_fourth_article_loses_the_line_that_the_labeller_keeps(lake: Lake, tmp_path: Path) -> None:
    run(lake, tmp_path, *([page(i, NOTE)] for i in range(4)))
    assert [NOTE in texts(lake, day)[0] for day in range(4)] == [True, True, True, False]
    assert texts(lake, 3) == [STORIES[3].replace("|", "\n\n")]
    rows = of_table(lake, "clean/source_lines")
    assert [(r["site"], r["taken_out"]) for r in rows if r["text"] == NOTE] == [("ledger.example", False)] * 3 + [
        ("ledger.example", True)
    ]
    (article,) = of_table(lake, "clean/articles", DAY + timedelta(days=3))
    assert article["words"] == len(article["text"].split())


def test_case_and_punctuation_do_not_tell_lines_apart_and_figures_do(lake: Lake, tmp_path: Path) -> None:
    shout = NOTE.upper().replace(" AND", ", AND")
    dated = [
        f"Mara Lindqvist measured wind for this column at {n} places by land and {n + 9} by sea." for n in range(4)
    ]
    run(lake, tmp_path, *([page(i, dated[i], NOTE if i < 3 else shout)] for i in range(4)))
    assert shout not in texts(lake, 3)[0]
    assert dated[3] in texts(lake, 3)[0]


def test_articles_of_one_day_teach_each_other_nothing(lake: Lake, tmp_path: Path) -> None:
    for number in range(4):
        capture(lake, tmp_path, 0, [page(number, NOTE)])
        clean_day(lake, 0)
    assert len(lake.shards("clean/source_lines")) == 4
    assert all(NOTE in text for text in texts(lake, 0))


def test_another_site_has_lines_of_its_own(lake: Lake, tmp_path: Path) -> None:
    other = page(3, NOTE) | {"url": "https://gazette.example/2026/a-story-of-the-day"}
    mobile = page(3, NOTE) | {"url": "https://m.ledger.example/2026/a-story-of-the-day"}
    run(lake, tmp_path, *([page(i, NOTE)] for i in range(3)), [other, mobile])
    assert [NOTE in text for text in texts(lake, 3)] == [True, False]


def test_where_there_is_no_address_the_publisher_is_the_site(lake: Lake, tmp_path: Path) -> None:
    paper = {"url": None, "publisher": "The Ostreva Ledger"}
    run(lake, tmp_path, *([page(i, NOTE, **paper)] for i in range(3)), [page(3, NOTE, **paper)])
    assert NOTE not in texts(lake, 3)[0]
    run(Lake(tmp_path / "nobody"), tmp_path, [page(0, NOTE, url=None)])
    assert of_table(Lake(tmp_path / "nobody"), "clean/source_lines") == []


def test_a_line_that_two_articles_share_stays(lake: Lake, tmp_path: Path) -> None:
    run(lake, tmp_path, [page(0, NOTE)], [page(1, NOTE)], [page(2, NOTE)])
    assert NOTE in texts(lake, 2)[0]


def test_a_paragraph_of_background_stays_however_often_it_is_printed(lake: Lake, tmp_path: Path) -> None:
    told = (
        "Workers closed the Tarn bridge at Ostreva on day {} to look at its pillars, and no car left for the mainland.",
        "The mayor of Ostreva said on day {} that the flood had cost the mainland 2 million crowns.",
    )
    reports = [[page(i, BACKGROUND, *(t.format(i + 1) for t in told))] for i in range(5)]
    run(lake, tmp_path, *reports)
    assert all(BACKGROUND in texts(lake, day)[0] for day in range(5))


def put_in(number: int, line: str, *, inside: bool) -> dict[str, Any]:
    """An article with a line between its paragraphs, or below them."""
    first, *rest = STORIES[number].split("|")
    paragraphs = [first, line, *rest] if inside else [first, *rest, line]
    return page(number) | {"text": "\n\n".join(paragraphs)}


def many_others() -> list[dict[str, Any]]:
    """Articles of the same site, each with a line that it shares with no other."""
    return [page(i % 5, NOTE.replace("Mara", f"Mara{i}"), name=f"one-of-the-many-{i}") for i in range(20)]


def test_a_line_that_always_stands_at_the_edge_goes_also_where_few_have_it(lake: Lake, tmp_path: Path) -> None:
    run(lake, tmp_path, many_others(), *([page(i, NOTE)] for i in range(4)))
    assert [NOTE in texts(lake, day)[0] for day in range(1, 5)] == [True, True, True, False]


def test_a_line_within_the_stories_goes_where_many_have_it(lake: Lake, tmp_path: Path) -> None:
    run(lake, tmp_path, *([put_in(i, NOTE, inside=True)] for i in range(4)))
    assert [NOTE in texts(lake, day)[0] for day in range(4)] == [True, True, True, False]


def test_a_sentence_that_stands_anywhere_and_in_few_articles_stays(lake: Lake, tmp_path: Path) -> None:
    run(lake, tmp_path, many_others(), *([put_in(i, REFUSAL, inside=i == 1)] for i in range(5)))
    assert [REFUSAL in texts(lake, day)[0] for day in range(1, 6)] == [True] * 5


def test_versions_and_copies_of_one_article_count_once(lake: Lake, tmp_path: Path) -> None:
    versions = [[page(0, NOTE, f"The ferries sail again on day {day}, the harbour master said.")] for day in range(4)]
    copies = [[page(1, NOTE, name=f"the-same-under-another-address-{day}")] for day in range(4)]
    run(lake, tmp_path, *map(list.__add__, versions, copies))
    assert all(NOTE in text for text in texts(lake, 3))
    assert "day 3" in "".join(texts(lake, 3))


def test_a_corrected_version_keeps_the_line_that_the_first_one_kept(lake: Lake, tmp_path: Path) -> None:
    corrected = page(0, NOTE)
    corrected["text"] = corrected["text"].replace("forty ships", "fourteen ships")
    run(lake, tmp_path, *([page(i, NOTE)] for i in range(3)), [corrected, page(3, NOTE)])
    assert [NOTE in text for text in texts(lake, 3)] == [True, False]


def test_nothing_is_taken_where_too_much_would_go(lake: Lake, tmp_path: Path) -> None:
    brief = page(3) | {"text": f"{STORIES[3].split('|')[0]}\n\n{NOTE}"}
    run(lake, tmp_path, *([page(i, NOTE)] for i in range(3)), [brief])
    assert NOTE in texts(lake, 3)[0]
    assert not any(r["taken_out"] for r in of_table(lake, "clean/source_lines"))


def test_what_was_printed_long_ago_is_forgotten(lake: Lake, tmp_path: Path) -> None:
    run(lake, tmp_path, *([page(i, NOTE)] for i in range(3)))
    for day, forgotten in ((90, False), (93, True)):
        capture(lake, tmp_path, day, [page(3, NOTE, name=f"much-later-{day}-than-the-others")])
        clean_day(lake, day)
        assert (NOTE in texts(lake, day)[0]) is forgotten


def test_all_days_made_anew_in_their_order_are_as_they_were(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows() -> dict[str, list[dict[str, Any]]]:
        return {
            table: [{k: v for k, v in r.items() if k != "cleaner_version"} for r in of_table(lake, table)]
            for table in CLEAN_TABLES
        }

    run(lake, tmp_path, *([page(i, NOTE), page((i + 1) % 5, NOTE, name=f"another-of-them-{i}")] for i in range(5)))
    first = rows()
    assert {r["taken_out"] for r in first["clean/source_lines"]} == {True, False}
    monkeypatch.setattr(module, "CLEANER_VERSION", "2")
    assert pending_shards(lake) == []
    for day in range(5):
        clean_day(lake, day)
    assert lake.column("clean/articles", "cleaner_version") == {"2"}
    assert rows() == first
