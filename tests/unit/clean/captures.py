"""A made-up capture."""

from datetime import UTC, datetime
from typing import Any

from pipelines.schemas import Capture


def capture(content: bytes, **given: Any) -> Capture:
    """The capture of these bytes, as text from nowhere unless something else is given."""
    made: Capture = {
        "capture_id": "a",
        "sha256": "a",
        "content": content,
        "media_type": "text/plain",
        "source": "a",
        "url": None,
        "captured_at": datetime(2026, 3, 2, 12, tzinfo=UTC),
        "content_type": None,
        "stated": None,
        "problem": None,
        "detail": None,
    }
    made.update(given)  # type: ignore[typeddict-item]
    return made
