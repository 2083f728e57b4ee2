"""Whether an agency lets an item be published: IPTC's publishing statuses, and embargoes."""

from datetime import UTC, datetime

from pipelines.clean import dates
from pipelines.clean.rejected import Rejected

_WITHDRAWN = frozenset(("canceled", "cancelled", "withheld"))  # cv.iptc.org/newscodes/pubstatusg2


def refuse_withdrawn(status: str | None) -> None:
    """Refuse an item that its provider has withdrawn or holds back: nothing of it may be shown.

    Raises:
        Rejected: `withdrawn`.
    """
    name = (status or "").strip().rpartition(":")[2].rpartition("/")[2].lower()
    if name in _WITHDRAWN:
        raise Rejected("withdrawn", f"its provider sent it as {name}: it may not be published")


def refuse_embargoed(until: str | None, captured_at: datetime) -> None:
    """Refuse an item that may be published only after it was captured; an embargo without a time has no end.

    Raises:
        Rejected: `embargoed`.
    """
    if until is None:
        return
    found = dates.iso("given", until)
    if found is None:
        raise Rejected("embargoed", "it is embargoed until its provider sends it again")
    moment = datetime.fromisoformat(found.value)
    if (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) > captured_at:
        raise Rejected("embargoed", f"it is embargoed until {found.value}: its provider's next version counts")
