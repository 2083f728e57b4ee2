"""Every table of the lake, declared once.

A row is a TypedDict whose fields carry their description; from it come the pyarrow schema, DuckDB's tables and
comments, Dagster's column metadata, the data dictionary and the blocking schema checks. The rows of facts are, field
by field, what `dateline extract` writes. Every `start` and `end` counts Unicode code points in the article's `text`,
half open.
"""

from pipelines.schemas.articles import (
    Article,
    Capture,
    Cleaned,
    DateCandidate,
    DateEvidence,
    MediaType,
    Reject,
    SourceLine,
    Stage,
    Story,
    Verdict,
    ZoneKind,
)
from pipelines.schemas.facts import (
    Bound,
    Change,
    Claim,
    Facts,
    Failure,
    Hedge,
    Mention,
    NameType,
    Quantity,
    QuantityKind,
    Quote,
    QuoteKind,
    Role,
    RoleKind,
    Sentence,
    SourceType,
    Span,
    Time,
    TimeType,
)
from pipelines.schemas.table import FactEnd, FactKey, Hash64, InSentence, Table

__all__ = [
    "TABLES",
    "Article",
    "Bound",
    "Capture",
    "Change",
    "Claim",
    "Cleaned",
    "DateCandidate",
    "DateEvidence",
    "FactEnd",
    "FactKey",
    "Facts",
    "Failure",
    "Hash64",
    "Hedge",
    "InSentence",
    "MediaType",
    "Mention",
    "NameType",
    "Quantity",
    "QuantityKind",
    "Quote",
    "QuoteKind",
    "Reject",
    "Role",
    "RoleKind",
    "Sentence",
    "SourceLine",
    "SourceType",
    "Span",
    "Stage",
    "Story",
    "Table",
    "Time",
    "TimeType",
    "Verdict",
    "ZoneKind",
]

TABLES: dict[str, Table] = {
    table.key: table
    for table in (
        Table("raw/captures", (Capture,), ("capture_id",)),
        Table("clean/articles", (Article,), ("capture_id",)),
        Table("clean/date_evidence", (DateCandidate,), ("capture_id", "rank")),
        Table("clean/source_lines", (SourceLine,), ("capture_id", "line")),
        Table("clean/rejects", (Reject,), ("capture_id",)),
        Table("facts/sentences", (FactKey, Sentence, FactEnd), ("version_id", "index")),
        Table("facts/mentions", (FactKey, Mention, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/roles", (FactKey, Role, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/quantities", (FactKey, Quantity, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/times", (FactKey, Time, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/quotes", (FactKey, Quote, InSentence, FactEnd), ("version_id", "index")),
        Table("facts/claims", (FactKey, Claim, FactEnd), ("version_id", "index")),
        Table("facts/failures", (Failure, FactEnd), ("version_id",)),
    )
}
