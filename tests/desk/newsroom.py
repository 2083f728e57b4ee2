"""A made-up town: papers that contradict each other, a misspelt name, a silent source, text that would do harm."""

from pathlib import Path

from pipelines.decisions import decide
from pipelines.lake import Lake
from pipelines.publish import publish
from tests.sql.test_entities import story
from tests.sql.test_figure_timeline import killed, report, said_by
from tests.sql.test_quote_lineage import printed
from tests.sql.test_source_health import regular
from tests.world import DAY, SQL, Rows, put, row, span, together

HOSTILE = """<img src=x onerror="alert('image')"><script>alert('script')</script>"""
LONG = "Donaudampfschiff" * 12  # nothing to break it at
CONTROLS = "\u202eesrever \x1b[31m"
SAID = "We will not leave the harbour until the last boat has come back to us"
MARTA, MARTHA = ("Marta Oreskov", "PERSON", "Marta Oreskov"), ("Martha Oreskov", "PERSON", "Martha Oreskov")
ANNA, ANNAH = ("Anna Lindvall", "PERSON", "Anna Lindvall"), ("Annah Lindvall", "PERSON", "Annah Lindvall")
PARIS, FRANCE = ("Paris", "GPE", "Paris"), ("France", "GPE", "France")


def newsroom() -> tuple[Rows, ...]:
    """The articles and their facts: those that contradict each other are of one day, the figures go on for a week."""
    return (
        killed("courier", 9, claim=said_by("Rescue Office"), publisher="The Courier", title="Nine die in flood"),
        killed("herald", 30, claim=said_by("Almer Hospital", "named"), publisher="The Herald", title="Flood kills 30"),
        killed("later", 41, 2, claim=said_by("Rescue Office"), publisher="The Courier", title="Toll rises"),
        killed("about", 60, 4, publisher="The Herald", title="Some 60 feared dead", facts={"approx": True}),
        killed("least", 70, 5, facts={"bound": "at_least", "high": None}, title="At least 70 dead"),
        killed("range", 80, 6, facts={"low": 75.0, "high": 85.0}, title="Between 75 and 85 dead"),
        printed("whole", (f"“{SAID}.”", "Mara Holt"), publisher="The Courier"),
        printed("part", (f"“{SAID[:50]},”", "Mara Holt"), publisher="The Herald"),
        story("marta", "Marta Oreskov flew from Paris to Lyon.", MARTA, PARIS, published_day=DAY),
        story("martha", "Martha Oreskov spoke in France.", MARTHA, FRANCE, said=["Martha"], published_day=DAY),
        story("anna", "Anna Lindvall came from Lyon.", ANNA, published_day=DAY),
        story("annah", "Annah Lindvall went to Lyon.", ANNAH, published_day=DAY),
        *regular(48),
        hostile(),
    )


def hostile() -> Rows:
    """An article whose title, text, names, figure, quote and address would run scripts, were they markup."""
    sentence = f"{HOSTILE} people left, {HOSTILE} said {CONTROLS}."
    rows = report(
        "hostile", sentence, HOSTILE, 7.0, names=((HOSTILE, "PERSON"),), facts={"counted": HOSTILE},
        claim=said_by(HOSTILE), title=f"{HOSTILE} {CONTROLS} {LONG}", publisher=HOSTILE, url="javascript:alert('link')",
        authors=[HOSTILE, LONG], subtitle=f"{HOSTILE} {LONG}",
    )  # fmt: skip
    place = span(sentence, HOSTILE)
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


def settle(folder: Path) -> None:
    """Publish all of it in a data folder, and that two of the names that are alike are not one."""
    lake = Lake(folder / "lake")
    put(lake, "a", *newsroom())
    decide(folder / "decisions.csv", "apart", ("person:anna-lindvall", "person:annah-lindvall"))
    publish(lake, folder / "warehouse", SQL, decisions=folder / "decisions.csv")
