"""Made-up articles that have what the examples lack: papers that contradict each other, and text that would do harm."""

from datetime import UTC, date, datetime

from tests.world import Rows, article, row, span, together

HOSTILE = """<img src=x onerror="alert('image')"><script>alert('script')</script>"""
CONTROLS = "\u202eesrever \x1b[31m"
MONDAY = date(2026, 3, 2)


def newsroom() -> tuple[Rows, ...]:
    """The articles and their facts."""
    return (hostile(),)


def hostile() -> Rows:
    """An article whose title, text, names and address would run scripts, were they markup."""
    text = f"{HOSTILE} said {HOSTILE} soldiers {CONTROLS} fled. A second sentence."
    version = "hostile"
    said = text.index(HOSTILE, 1)
    rows = article(
        version, text, title=f"{HOSTILE} {CONTROLS}", publisher=HOSTILE, url="javascript:alert('link')",
        authors=[HOSTILE], subtitle=HOSTILE, captured_at=datetime(2026, 3, 2, 9, tzinfo=UTC), published_day=MONDAY,
    )  # fmt: skip
    key = {"version_id": version, "sentence": 0}
    named = {"type": "PERSON", "entity_id": "person:hostile", "name": HOSTILE}
    figure = {"start": said, "end": said + len(HOSTILE), "text": HOSTILE}
    facts: Rows = {
        "facts/mentions": [row("facts/mentions", **key, index=0, **span(text, HOSTILE), **named)],
        "facts/quantities": [row("facts/quantities", **key, index=0, **figure, value=7.0, low=7.0, high=7.0)],
        "facts/claims": [row("facts/claims", **key, index=0, quantity=0, speaker=HOSTILE, hedge="asserted")],
    }
    return together(rows, facts)
