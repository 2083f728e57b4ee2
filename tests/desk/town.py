"""A made-up town whose papers disagree, misspell a name and print text that would do harm: for views that write."""

from pathlib import Path

from pipelines.lake import Lake
from pipelines.publish import publish
from tests.desk.newsroom import HOSTILE
from tests.sql.test_entities import story
from tests.sql.test_figure_timeline import killed, report, said_by
from tests.world import DAY, SQL, Rows, put, row, span, together

MARTA, MARTHA = ("Marta Oreskov", "PERSON", "Marta Oreskov"), ("Martha Oreskov", "PERSON", "Martha Oreskov")
PARIS, FRANCE = ("Paris", "GPE", "Paris"), ("France", "GPE", "France")


def town() -> tuple[Rows, ...]:
    """Articles of one day."""
    return (
        killed("courier", 9, claim=said_by("Rescue Office"), title="Nine die in flood", publisher="The Almer Courier"),
        killed("tidings", 30, claim=said_by("Harbour Watch"), title="Flood kills 30", publisher="The Tidings"),
        hostile(),
        story("marta", "Marta Oreskov flew from Paris to Lyon.", MARTA, PARIS, published_day=DAY),
        story("martha", "Martha Oreskov spoke in France.", MARTHA, FRANCE, said=["Martha"], published_day=DAY),
    )


def hostile() -> Rows:
    """An article whose figure, speaker, quote and silence would run scripts, were they markup."""
    sentence = f"{HOSTILE} people left, {HOSTILE} said."
    facts = {"counted": HOSTILE}
    rows = report(
        "hostile", sentence, HOSTILE, 7.0, names=((HOSTILE, "PERSON"),), facts=facts, claim=said_by(HOSTILE),
        title=HOSTILE, publisher=HOSTILE, url="javascript:alert('link')",
    )  # fmt: skip
    text = rows["clean/articles"][0]["text"]
    place = span(text, HOSTILE)
    source = {"speaker": HOSTILE, "speaker_start": place["start"], "speaker_end": place["end"]}
    key = {"version_id": "hostile", "index": 0, "sentence": 0} | source | place
    topic = {"topic": HOSTILE, "topic_start": place["start"], "topic_end": place["end"]}
    more: Rows = {
        "facts/quotes": [row("facts/quotes", **key, kind="direct")],
        "facts/silences": [row("facts/silences", **key, **topic, kind="declined_to_comment")],
        "clean/rejects": [row("clean/rejects", capture_id="gone", source=HOSTILE, stage="clean", reason="binary")],
        "raw/captures": [row("raw/captures", capture_id="gone", source=HOSTILE)],
    }
    return together(rows, more)


def settle(folder: Path) -> Path:
    """Publish the town in a data folder, and give the link to the warehouse."""
    lake = Lake(folder / "lake")
    put(lake, "a", *town())
    publish(lake, folder / "warehouse", SQL, decisions=folder / "decisions.csv")
    return folder / "warehouse" / "warehouse.duckdb"
