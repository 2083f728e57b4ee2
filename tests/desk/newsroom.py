"""Made-up articles that have what the examples lack: papers that contradict each other, and text that would do harm."""

from datetime import UTC, date, datetime

from tests.sql.test_figure_timeline import killed, said_by
from tests.sql.test_quote_lineage import printed
from tests.sql.test_source_health import regular
from tests.world import Rows, article, row, span, together

HOSTILE = """<img src=x onerror="alert('image')"><script>alert('script')</script>"""
CONTROLS = "\u202eesrever \x1b[31m"
MONDAY = date(2026, 3, 2)
SAID = "We will not leave the harbour until the last boat has come back to us"


def newsroom() -> tuple[Rows, ...]:
    """The articles and their facts."""
    return (
        killed("courier", 9, claim=said_by("Rescue Office"), publisher="The Courier", title="Nine die in flood"),
        killed("herald", 30, claim=said_by("Almer Hospital", "named"), publisher="The Herald", title="Flood kills 30"),
        killed("later", 41, 2, claim=said_by("Rescue Office"), publisher="The Courier", title="Toll rises"),
        killed("about", 60, 4, publisher="The Herald", title="Some 60 feared dead", facts={"approx": True}),
        killed("least", 70, 5, facts={"bound": "at_least", "high": None}, title="At least 70 dead"),
        killed("range", 80, 6, facts={"low": 75.0, "high": 85.0}, title="Between 75 and 85 dead"),
        printed("whole", (f"“{SAID}.”", "Mara Holt"), publisher="The Courier"),
        printed("part", (f"“{SAID[:50]},”", "Mara Holt"), publisher="The Herald"),
        *regular(48),
        hostile(),
    )


def hostile() -> Rows:
    """An article whose title, text, names and address would run scripts, were they markup."""
    text = f"{HOSTILE} said {HOSTILE} soldiers {CONTROLS} fled. A second sentence."
    said = text.index(HOSTILE, 1)
    rows = article(
        "hostile", text, title=f"{HOSTILE} {CONTROLS}", publisher=HOSTILE, url="javascript:alert('link')",
        authors=[HOSTILE], subtitle=HOSTILE, captured_at=datetime(2026, 3, 20, 9, tzinfo=UTC),
        published_day=date(2026, 3, 20),
    )  # fmt: skip
    key = {"version_id": "hostile", "sentence": 0, "index": 0}
    named = {"type": "PERSON", "entity_id": "person:hostile", "name": HOSTILE}
    figure = {"start": said, "end": said + len(HOSTILE), "text": HOSTILE}
    speaker = {"speaker": HOSTILE, "speaker_name": HOSTILE, "source_type": "named"}
    where = {"speaker_start": 0, "speaker_end": len(HOSTILE)}
    facts: Rows = {
        "facts/mentions": [row("facts/mentions", **key, **span(text, HOSTILE), **named)],
        "facts/quantities": [row("facts/quantities", **key, **figure, value=7.0, low=7.0, high=7.0)],
        "facts/claims": [row("facts/claims", **key, **speaker, quantity=0, hedge="asserted")],
        "facts/quotes": [row("facts/quotes", **key, **figure, **speaker, **where, kind="indirect")],
    }
    return together(rows, facts)
