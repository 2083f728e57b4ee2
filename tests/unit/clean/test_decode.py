"""Bytes to text as browsers read them."""

import codecs
import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.decode import decode
from pipelines.clean.rejected import Rejected


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_beats_the_header(mark: bytes, encoding: str) -> None:
    assert decode(mark + "Żółw na moście".encode(encoding), "iso-8859-1") == ("Żółw na moście", encoding)


def test_latin_1_means_windows_1252() -> None:
    text, name = decode("“Quiet” harbour – café".encode("cp1252"), "ISO-8859-1")
    assert (text, name) == ("“Quiet” harbour – café", "cp1252")


def test_the_page_declares_its_charset() -> None:
    page = '<html><head><meta charset="windows-1251"><title>Порт закрыт</title>'.encode("cp1251")
    assert decode(page) == (page.decode("cp1251"), "cp1251")


def test_valid_utf8_beats_a_wrong_declaration() -> None:
    assert decode("Łódź: Größe, naïve".encode(), "iso-8859-2") == ("Łódź: Größe, naïve", "utf-8")


def test_undeclared_shift_jis_is_detected() -> None:
    text = "港の新しい橋は来年の春に開通する予定だと市の担当者が火曜日に述べた。工事費は三億円に上る。" * 5
    assert decode(text.encode("cp932"))[0] == text


def test_utf16_without_a_mark() -> None:
    assert decode("The ferry left at noon.".encode("utf-16-le")) == ("The ferry left at noon.", "utf-16-le")


def test_broken_utf8_keeps_what_is_readable() -> None:
    text, _ = decode(b"The harbour \xff\xfe\xc3 reopened", "utf-8")
    assert text.startswith("The harbour ")
    assert text.endswith(" reopened")


def test_a_page_that_calls_itself_utf8_and_is_not_loses_no_letter() -> None:
    page = '<meta charset="utf-8">' + "<p>Порт закрыт до весны, сообщил городской совет во вторник.</p>" * 5
    assert decode(page.encode("cp1251"), "utf-8") == (page, "cp1251")


def test_utf8_that_is_cut_within_a_character_stays_utf8() -> None:
    assert decode("The harbour café".encode()[:-1], "utf-8") == ("The harbour caf\ufffd", "utf-8")


def test_a_label_that_is_no_charset_is_ignored() -> None:
    assert decode(b"Plain words", "base64") == ("Plain words", "utf-8")


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", bytes(range(256)) * 20])
def test_binary_is_rejected(content: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        decode(content)
    assert caught.value.reason == "binary"


@given(
    st.binary(max_size=400), st.none() | st.sampled_from(["utf-8", "latin-1", "utf-16", "nonsense", "euc-kr", "utf-7"])
)
def test_any_bytes_give_text_or_a_reason(content: bytes, declared: str | None) -> None:
    with suppress(Rejected):
        text, name = decode(content, declared)
        codecs.lookup(name)
        text.encode()


def test_a_megabyte_of_noise_is_quick_to_refuse() -> None:
    with pytest.raises(Rejected):
        decode(os.urandom(1_000_000))
