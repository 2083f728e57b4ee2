"""What people have decided about entities: rows of an append-only CSV file, replayed whenever the warehouse is built.

The file is `decisions.csv` with the columns at, who, what, entities, value, why; a row is never changed or removed, but
undone by a later one. What the rows come to is a few rules that the SQL of `core` reads, `meta.rules`:

- merge: the other entities become the first.
- split: parts leave the first entity: an `entity_id` as extraction gives it, which becomes an entity of its own again,
  or an article, whose mentions become the entity `<first>~<value>`.
- apart: the first is none of the others, however alike they look; they are no likely duplicates any more.
- rename, retype: the entity's name or OntoNotes type is the value.
- hide: the entity stays in core.entities and leaves the marts.
- undo: the decision whose number is the value counts no more.
"""

import csv
import getpass
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import duckdb

from pipelines.schemas import NameType
from pipelines.warehouse import WarehouseError

What = Literal["merge", "split", "apart", "rename", "retype", "hide", "undo"]
COLUMNS = ("at", "who", "what", "entities", "value", "why")
_FEWEST = {"merge": 2, "split": 2, "apart": 2, "rename": 1, "retype": 1, "hide": 1, "undo": 0}


class DecisionError(WarehouseError):
    """A decision cannot be understood; the message says which and why."""


@dataclass(frozen=True)
class Decision:
    """One row of the file."""

    at: str
    who: str
    what: What
    entities: tuple[str, ...]
    value: str
    why: str


class Rule(NamedTuple):
    """A row of meta.rules."""

    what: str
    entity_id: str
    part: str | None
    value: str | None
    number: int


class Replayed(NamedTuple):
    """The rules that the decisions come to, and for each decision whether it still counts."""

    rules: tuple[Rule, ...]
    applies: tuple[bool, ...]


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, in its order; none where there is no file.

    Raises:
        DecisionError: a row cannot be understood.
    """
    if not path.exists():
        return ()
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise DecisionError(f"{path} is not a CSV file in UTF-8: {error}") from error
    found: list[Decision] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(_decision(row, number))
        except DecisionError as error:
            raise DecisionError(f"{path}, decision {number}: {error}") from error
    return tuple(found)


def decide(
    path: Path, what: What, entities: tuple[str, ...], value: str = "", why: str = "", who: str | None = None
) -> int:
    """Take a decision now, in the name of this computer's user if no other is given, and give its number.

    Raises:
        DecisionError: it cannot be understood, or a row before it cannot.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return append(path, Decision(at, who or getpass.getuser(), what, entities, value, why))


def append(path: Path, decision: Decision) -> int:
    """Write a decision behind the others, and give its number.

    Raises:
        DecisionError: it cannot be understood, or a row before it cannot.
    """
    number = len(read(path)) + 1
    if broken := [entity for entity in decision.entities if entity.split() != [entity]]:
        raise DecisionError(f"{broken[0]!r} is no entity_id: it has a space in it, or nothing")
    row = dict(zip(COLUMNS, _cells(decision), strict=True))
    _decision(row, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.exists() and path.stat().st_size > 0
    ended = not begun or path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("" if ended else "\n")
        writer = csv.writer(file, lineterminator="\n")
        if not begun:
            writer.writerow(COLUMNS)
        writer.writerow(row.values())
    return number


def _cells(decision: Decision) -> tuple[str, ...]:
    d = decision
    return d.at, d.who, d.what, " ".join(d.entities), d.value, d.why


def _decision(row: Mapping[str, str | None], number: int) -> Decision:
    if set(row) != set(COLUMNS) or None in row.values():
        raise DecisionError(f"its columns have to be {', '.join(COLUMNS)}")
    given = {key: (value or "").strip() for key, value in row.items()}
    what, entities = given["what"], tuple(given["entities"].split())
    if what not in get_args(What):
        raise DecisionError(f"{what!r} is none of {', '.join(get_args(What))}")
    if len(entities) < _FEWEST[what] or len(set(entities)) < len(entities):
        raise DecisionError(f"a {what} takes {_FEWEST[what]} entities or more, each once")
    _check_time(given["at"])
    _check_value(what, given["value"], number)
    return Decision(given["at"], given["who"], what, entities, given["value"], given["why"])  # type: ignore[arg-type]


def _check_time(at: str) -> None:
    try:
        datetime.fromisoformat(at)
    except ValueError as error:
        raise DecisionError(f"{at!r} is no time in ISO 8601") from error


def _check_value(what: str, value: str, number: int) -> None:
    if what == "rename" and not value:
        raise DecisionError("a rename takes the new name as its value")
    if what == "retype" and value not in get_args(NameType):
        raise DecisionError(f"{value!r} is no type; the types are {', '.join(get_args(NameType))}")
    if what == "undo" and not (value.isdecimal() and 0 < int(value) < number):
        raise DecisionError("an undo takes the number of an earlier decision as its value")


def replay(decisions: Sequence[Decision]) -> Replayed:
    """What the decisions come to, one after the other; a pure function of them."""
    undone = _undone(decisions)
    merged: dict[str, tuple[str, int]] = {}
    other: dict[tuple[str, str, str | None], Rule] = {}
    for number, d in enumerate(decisions, 1):
        if number in undone or d.what == "undo":
            continue
        first, *rest = d.entities
        if d.what == "merge":
            _merge(merged, first, rest, number)
        elif d.what == "split":
            for part in rest:
                merged.pop(part, None)
                other["split", first, part] = Rule("split", first, part, part_becomes(first, part, d.value), number)
        elif d.what == "apart":
            other |= {("apart", first, part): Rule("apart", first, part, None, number) for part in rest}
        else:
            for entity in d.entities:
                other[d.what, entity, None] = Rule(d.what, entity, None, d.value or None, number)
    rules = [Rule("merge", a, None, b, number) for a, (b, number) in merged.items()] + list(other.values())
    living = {r.number for r in rules} | {n for n, d in enumerate(decisions, 1) if d.what == "undo"} - undone
    return Replayed(tuple(sorted(rules, key=_order)), tuple(n in living for n in range(1, len(decisions) + 1)))


def part_becomes(entity: str, part: str, value: str) -> str:
    """The entity that a split part becomes: itself, if it is an entity's id, or the entity qualified by the value."""
    if ":" in part or re.fullmatch(r"Q\d+", part):
        return part
    return f"{entity}~{'-'.join(re.findall(r'[^\W_]+', value.casefold())) or part}"


def _merge(merged: dict[str, tuple[str, int]], first: str, rest: Iterable[str], number: int) -> None:
    target = merged[first][0] if first in merged else first
    for entity in rest:
        gone = merged[entity][0] if entity in merged else entity
        if gone == target:
            continue
        merged |= {a: (target, n) for a, (b, n) in merged.items() if b == gone}
        merged[gone] = (target, number)


def _undone(decisions: Sequence[Decision]) -> set[int]:
    """Numbers of the decisions undone; an undo that is undone itself counts no more."""
    undone: set[int] = set()
    for number in range(len(decisions), 0, -1):
        if decisions[number - 1].what == "undo" and number not in undone:
            undone.add(int(decisions[number - 1].value))
    return undone


def _order(rule: Rule) -> tuple[str, str, str]:
    return rule.what, rule.entity_id, rule.part or ""


def record(con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> frozenset[str]:
    """Make meta.decisions and meta.rules hold these decisions, and give the keys of the tables that changed."""
    replayed = replay(decisions)
    rows = [
        (number, d.at, d.who, d.what, list(d.entities), d.value, d.why, applies)
        for number, (d, applies) in enumerate(zip(decisions, replayed.applies, strict=True), 1)
    ]
    changed = {
        key
        for key, new in (("meta/decisions", rows), ("meta/rules", list(replayed.rules)))
        if _replace(con, key.replace("/", "."), new)
    }
    return frozenset(changed)


def _replace(con: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[object, ...]]) -> bool:
    """Whether the table held other rows before."""
    old = con.execute(f"from {name}").fetchall()
    if old == [tuple(row) for row in rows]:
        return False
    con.execute(f"delete from {name}")  # noqa: S608
    if rows:
        con.executemany(f"insert into {name} values ({', '.join('?' for _ in rows[0])})", rows)  # noqa: S608
    return True
