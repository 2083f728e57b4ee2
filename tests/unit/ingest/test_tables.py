"""CSV and Parquet: a row an article, by the names of its columns; a broken row is told, the others are read."""

import csv
import gzip
import hashlib
import io
import json
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.csv_table import is_csv
from pipelines.ingest.piece import BrokenContainerError, Piece
from pipelines.ingest.registry import read
from pipelines.settings import settings as of_environment

LIMIT = 2**20
ROWS = [
    {
        "title": "Ferries sail",
        "url": "https://post.example/1",
        "text": 'She said: "Ja,\nja";\tthen | left.',
        "date": "2026-03-02",
    },
    {"title": "Für 90 Leute", "url": "https://post.example/2", "text": "Straße offen\r\n\r\nMehr folgt.", "date": ""},
]


def written(
    rows: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, rows[0], delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode(encoding)


def pieces(content: bytes, limit: int = LIMIT, folder: Any = None) -> list[Piece]:
    """What is read, and as the last piece what it breaks off with, as `files.captures` has it."""
    stream = io.BytesIO(content)
    if folder:
        (folder / "file").write_bytes(content)
        stream = (folder / "file").open("rb")
    found: list[Piece] = []
    try:
        found.extend(read(stream if folder else io.BufferedReader(stream), limit))  # type: ignore[arg-type]
    except BrokenContainerError as broken:
        found.append(Piece(b"", "application/octet-stream", problem=broken.problem, detail=broken.detail))
    stream.close()
    return found


def records(found: list[Piece]) -> list[Any]:
    return [json.loads(p.content) for p in found if not p.problem]


def problems(found: list[Piece]) -> list[tuple[str, str | None]]:
    return [(p.place, p.problem) for p in found if p.problem]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_each_row_is_a_record_where_it_stands(delimiter: str, encoding: str, quoting: int) -> None:
    for content in (
        written(ROWS, delimiter, encoding, quoting),
        gzip.compress(written(ROWS, delimiter, encoding, quoting)),
    ):
        found = pieces(content)
        assert records(found) == ROWS
        assert [(p.place, p.url, p.media_type) for p in found] == [
            ("#L2", "https://post.example/1", "application/json"),
            ("#L4", "https://post.example/2", "application/json"),
        ]


def test_a_row_of_another_encoding_further_down_is_read_too() -> None:
    rows = [{"title": f"Ferry {n}", "text": "Ferries sail again to the islands."} for n in range(500)]
    content = written(rows) + 'Straße,"für alle"\n'.encode("cp1252")
    assert records(pieces(content))[-1] == {"title": "Straße", "text": "für alle"}


def test_a_broken_row_is_told_with_its_line_and_the_rest_is_read() -> None:
    content = b"title,text\n"
    content += b'one,1\ntwo\nthree,"3\nand more"\nfour,4,4\n\nfive,"5"x\nsix,6\nseven,"not closed\neight,8\nnine,9\n'
    found = pieces(content)
    assert [r["title"] for r in records(found)] == ["one", "three", "six", "eight", "nine"]
    assert problems(found) == [("#L3", "bad_row"), ("#L6", "bad_row"), ("#L8", "bad_row"), ("#L10", "bad_row")]
    assert [p.place for p in found if not p.problem] == ["#L2", "#L4", "#L9", "#L11", "#L12"]
    assert "3 fields and the header 2" in (found[3].detail or "")


def test_quotes_that_are_never_closed_end_the_reading_at_last() -> None:
    found = pieces(b"title,text\n" + b'one,"1\n' * 301)
    assert len(found) <= 302
    assert found[-1].problem in ("bad_csv", "bad_row")


def test_a_source_is_an_address_only_where_it_looks_like_one() -> None:
    rows = [{"text": "Ninety came.", "source": source} for source in ("The Ostreva Post", "https://post.example/1")]
    assert [p.url for p in pieces(written(rows))] == [None, "https://post.example/1"]


def test_a_header_that_cannot_be_read_is_told() -> None:
    found = pieces(b'title,text,"url"x\none,Ninety came.,https://post.example/1\n')
    assert problems(found) == [("", "bad_csv")]


def test_a_packed_table_cut_anywhere_gives_its_whole_rows_and_one_problem() -> None:
    rows = [{"title": f"Ferry {n}", "text": hashlib.sha256(str(n).encode()).hexdigest()} for n in range(60)]
    whole = gzip.compress(written(rows))
    for cut in range(100, len(whole), 61):
        found = pieces(whole[:cut])
        assert records(found) == rows[: len(records(found))]
        assert [problem for _, problem in problems(found)] == ["truncated_gzip"], cut
    assert len(records(found)) > 50


def test_a_field_over_the_limit_is_told() -> None:
    found = pieces(b"title,text\none,1\ntwo," + b"2" * 3000 + b"\nthree,3\n", 1000)
    assert [r["title"] for r in records(found)] == ["one", "three"]
    assert all(problem in ("bad_row", "too_large") for _, problem in problems(found))
    assert problems(found)


def test_a_table_without_a_text_names_its_columns_and_the_setting(tmp_path: Any) -> None:
    content = "titel;artikel;datum\n" + "eins;Leute kamen.;2026-03-02\n" * 4
    made = io.BytesIO()
    pq.write_table(pa.table({"titel": ["x"], "artikel": ["y"], "datum": ["z"]}), made)
    for found in (pieces(content.encode()), pieces(made.getvalue()), pieces(made.getvalue(), LIMIT, tmp_path)):
        (one,) = found
        assert one.problem == "no_text"
        assert "titel, artikel, datum" in (one.detail or "")
        assert "DATELINE_FIELDS" in (one.detail or "")


def test_columns_that_the_settings_name_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_FIELDS", '{"text": "artikel", "url": "adresse"}')
    of_environment.cache_clear()
    try:
        (found,) = pieces(b"artikel,adresse\nLeute kamen.,https://post.example/3\n")
    finally:
        of_environment.cache_clear()
    assert (found.problem, found.url) == (None, "https://post.example/3")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"OSTREVA, March 2 - The harbour reopened.\n\nFerries, buses, trains.\n",
        b"Title, text\n",
        b"Ferries; buses; trains sail.\nThe harbour reopened.\nMore follows.\nAnd more.\n",
        b"Paris, London\nand Rome\n",
        b"\x00\x01,\x02",
        b"<p>title,text</p>\n<p>a,b</p>",
    ],
)
def test_texts_are_not_taken_for_tables(head: bytes) -> None:
    assert not is_csv(head)


TYPED = pa.table(
    {
        "title": ["Ferries sail", None],
        "text": ["Ninety came.", "More follow."],
        "url": ["https://post.example/1", ""],
        "date": [datetime(2026, 3, 2, 9, 30, tzinfo=UTC), None],
        "day": [date(2026, 3, 2), None],
        "source": [{"name": "The Post"}, None],
        "authors": [["Nia Okoro"], []],
        "score": [float("nan"), 1.5],
        "price": [Decimal("1.50"), None],
        "blob": [b"\xff", b"ok"],
    }
)


def parquet(table: pa.Table, **more: Any) -> bytes:
    made = io.BytesIO()
    pq.write_table(table, made, **more)
    return made.getvalue()


def test_rows_of_parquet_are_records(tmp_path: Any) -> None:
    content = parquet(TYPED)
    for found in (pieces(content, LIMIT, tmp_path), pieces(content), pieces(gzip.compress(content))):
        assert [(p.place, p.url) for p in found] == [("#1", "https://post.example/1"), ("#2", None)]
        assert records(found)[0] == {
            "title": "Ferries sail",
            "text": "Ninety came.",
            "url": "https://post.example/1",
            "date": "2026-03-02T09:30:00+00:00",
            "day": "2026-03-02",
            "source": {"name": "The Post"},
            "authors": ["Nia Okoro"],
            "score": None,
            "price": "1.50",
            "blob": "\ufffd",
        }
    assert problems(pieces(parquet(TYPED.slice(0, 0)))) == [("", "empty")]


def test_a_parquet_file_that_is_cut_or_damaged_or_encrypted_is_told(tmp_path: Any) -> None:
    whole = parquet(
        pa.table({"text": [f"{n} people came." for n in range(3000)]}), row_group_size=1000, write_page_checksum=True
    )
    for cut in range(4, len(whole), 997):
        assert problems(pieces(whole[:cut], LIMIT, tmp_path)) == [("", "bad_parquet")]
    damaged = bytearray(whole)
    column = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(1).column(0)
    damaged[column.dictionary_page_offset + column.total_compressed_size // 2] ^= 0xFF
    found = pieces(bytes(damaged), LIMIT, tmp_path)
    assert [r["text"].split()[0] for r in records(found)] == [str(n) for n in (*range(1000), *range(2000, 3000))]
    assert problems(found) == [("#1001", "bad_parquet")]
    assert "rows 1001 to 2000" in (next(p for p in found if p.problem).detail or "")
    assert problems(pieces(b"PARE" + whole[4:])) == [("", "encrypted")]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_long_table_takes_no_more_memory_than_a_short_one(tmp_path: Any, kind: str) -> None:
    peaks = []
    for count in (4_000, 20_000):
        rows = [{"title": f"Ferry {n}", "text": f"{n} " + "Ferries sail again. " * 20} for n in range(count)]
        content = written(rows) if kind == "csv" else parquet(pa.Table.from_pylist(rows), row_group_size=1000)
        (tmp_path / "table").write_bytes(content)
        del rows, content
        tracemalloc.start()
        with (tmp_path / "table").open("rb") as stream:
            assert sum(1 for _ in read(stream, LIMIT)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


@settings(max_examples=300)
@given(
    st.one_of(st.binary(max_size=300), st.text('a,;"\n\r\t1', max_size=80).map(str.encode)),
    st.sampled_from([b"title,text\n", b"text;date\r\na;b\n", parquet(TYPED)[:300], b"PAR1", b""]),
    st.sampled_from([50, LIMIT]),
)
def test_any_bytes_give_pieces_or_the_declared_error(content: bytes, begin: bytes, limit: int) -> None:
    found = pieces(begin + content, limit)
    assert all(p.problem is None or p.detail for p in found)
    assert all(len(p.content) <= limit for p in found)


@settings(max_examples=200)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\r\t"), min_size=1).filter(
            str.strip
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(",;\t|"),
)
def test_any_table_gives_its_rows(texts: list[str], delimiter: str) -> None:
    rows = [{"title": "x", "text": text} for text in texts]
    assert records(pieces(written(rows, delimiter, quoting=csv.QUOTE_ALL))) == rows
