"""Mails, mailboxes and saved pages: what is a document, and what is attached to it."""

import io
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import capture
from pipelines.clean.rejected import Rejected
from pipelines.ingest import mail, registry
from pipelines.ingest.files import captures
from pipelines.ingest.piece import BrokenContainerError
from pipelines.schemas import Capture, Cleaned
from tests.unit.ingest import samples
from tests.unit.ingest.samples import captured
from tests.world import NOON

LIMIT = 2**22
WRAPPED = """The harbour of Ostreva reopened on Monday after 12 days, the port
authority said. Ferries will sail again from noon.

The council will vote on new rules for the harbour on Friday, and 40
people have asked to speak.
"""
SINGLE = "\n Page saved with SingleFile \n url: https://post.example/harbour \n saved date:"
UNWRAPPED = (
    "The harbour of Ostreva reopened on Monday after 12 days, the port authority said. Ferries will sail again from"
    " noon.\n\nThe council will vote on new rules for the harbour on Friday, and 40 people have asked to speak."
)


def taken(folder: Path, content: str | bytes | EmailMessage) -> list[Capture]:
    file = folder / "mail"
    data = content.as_bytes() if isinstance(content, EmailMessage) else content
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(captures(file, NOON, LIMIT))


def article(folder: Path, content: str | bytes | EmailMessage) -> Cleaned:
    (found,) = taken(folder, content)
    assert found["problem"] is None, found["detail"]
    return capture.cleaned(found, {})[0]


def test_a_newsletter_is_an_article_of_its_paper(tmp_path: Path) -> None:
    html = f"<html><body><table><tr><td>{samples.BODY}</td></tr></table></body></html>"
    row = article(tmp_path, samples.mail(html, "Read it online.", Archived_At="<https://post.example/letters/1>"))
    assert row["text"] == samples.STORY
    found = (row["title"], row["publisher"], row["authors"], row["published_at"], row["url"])
    assert found == (samples.TITLE, "Ostreva Post", [], samples.AT, "https://post.example/letters/1")


@pytest.mark.parametrize(
    ("sender", "listed", "publisher", "authors"),
    [
        ("Ostreva Post <news@post.example>", True, "Ostreva Post", []),
        ("Jana Olsa <jana@post.example>", True, "Jana Olsa", []),
        ("Jana Olsa <jana@post.example>", False, None, ["Jana Olsa"]),
        ('"Jana Olsa from Ostreva Post" <a@post.example>', True, "Ostreva Post", ["Jana Olsa"]),
        ("=?utf-8?q?Zo=C3=AB_Olsa?= <zoe@post.example>", False, None, ["Zoë Olsa"]),
        ("news@post.example", True, "The morning letter", []),
    ],
)
def test_who_sent_it(tmp_path: Path, sender: str, listed: bool, publisher: str | None, authors: list[str]) -> None:  # noqa: FBT001
    listing = '"The morning letter" <a.post.example>' if listed else None
    content = samples.mail(None, WRAPPED, From="x@y.example", List_Id=listing).as_string()
    row = article(tmp_path, content.replace("From: x@y.example", f"From: {sender}"))
    assert (row["publisher"], row["authors"]) == (publisher, authors)


def test_plain_text_is_unwrapped_and_its_signature_left_out(tmp_path: Path) -> None:
    assert article(tmp_path, samples.mail(None, WRAPPED + "\n-- \nJana\nOstreva"))["text"] == UNWRAPPED
    flowed = samples.mail(None, WRAPPED.replace("port\n", "port \n").replace("40\n", "40 \n"))
    flowed.set_param("format", "flowed")
    assert article(tmp_path, flowed)["text"] == UNWRAPPED


def test_the_page_gives_way_to_a_text_that_says_more(tmp_path: Path) -> None:
    page = "<html><body><p>This mail needs a program that shows text.</p></body></html>"
    assert article(tmp_path, samples.mail(page, WRAPPED))["text"] == UNWRAPPED


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
def test_transfer_codings_and_charsets_are_undone(tmp_path: Path, coding: str) -> None:
    made = samples.mail(Subject="Re: [News] Fwd: Přístav otevřen")
    made.set_content(WRAPPED.replace("Ostreva", "Ostřeva"), charset="iso-8859-2", cte=coding)
    row = article(tmp_path, made)
    assert (row["title"], row["text"]) == ("Přístav otevřen", UNWRAPPED.replace("Ostreva", "Ostřeva"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon, 02 Mar 2026 08:15:00 -0330", "2026-03-02T08:15:00-03:30"),
        ("Mon, 2 Mar 2026 10:15 GMT (UTC)", "2026-03-02T10:15:00+00:00"),
        ("yesterday", None),
    ],
)
def test_the_date_keeps_its_zone(tmp_path: Path, written: str, read: str | None) -> None:
    content = samples.mail(None, WRAPPED).as_string().replace("Mon, 02 Mar 2026 10:15:00 +0100", written)
    assert article(tmp_path, content)["published_at"] == read


def test_attached_documents_are_documents_and_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    made = samples.mail(None, WRAPPED)
    made.add_attachment(samples.PAGE.encode(), maintype="text", subtype="html", filename="page.html")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="quay.png")
    made.add_attachment(bytes(range(32)) * 9, maintype="application", subtype="msword", filename="minutes.doc")
    made.add_attachment(samples.mail(None, "Two ferries sailed on Monday. They came back.", Subject="Inner"))
    made.add_attachment(b"sig", maintype="application", subtype="pgp-signature", filename="a.asc")
    found = taken(tmp_path, made)
    ends = [(c["source"].partition("#")[2], c["media_type"], c["problem"]) for c in found]
    assert ends == [
        ("", "message/rfc822", None),
        ("attachment1", "text/html", None),
        ("attachment2", "application/octet-stream", "binary"),
        ("attachment3", "message/rfc822", None),
    ]
    assert "minutes.doc" in (found[2]["detail"] or "")
    texts = [capture.cleaned(c, {})[0]["text"] for c in found if not c["problem"]]
    assert texts == [UNWRAPPED, samples.STORY, "Two ferries sailed on Monday. They came back."]


def test_a_mail_that_only_carries_files_says_so(tmp_path: Path) -> None:
    made = samples.mail(None, "\n")
    made.add_attachment(samples.PAGE.encode(), maintype="text", subtype="html", filename="page.html")
    letter, page = taken(tmp_path, made)
    with pytest.raises(Rejected, match=r"page\.html") as refused:
        capture.cleaned(letter, {})
    assert refused.value.reason == "no_text"
    assert capture.cleaned(page, {})[0]["text"] == samples.STORY


def test_mails_in_mails_are_followed_so_deep_and_no_deeper(tmp_path: Path) -> None:
    made = samples.mail(None, WRAPPED, Subject="0")
    for number in range(1, 9):
        outer = samples.mail(None, WRAPPED, Subject=str(number))
        outer.add_attachment(made)
        made = outer
    found = taken(tmp_path, made)
    assert [c["problem"] for c in found] == [None] * registry.DEPTH + ["nested"]


def test_a_mailbox_is_its_mails(tmp_path: Path) -> None:
    line = b"From a@post.example Mon Mar  2 10:15:00 2026\n"
    first = samples.mail(
        None, f"{WRAPPED}\n>From here on it rains, said the council in a letter of Friday.\n"
    ).as_bytes()
    second = samples.mail(None, f"{WRAPPED}From Monday on it is 2026\n").as_bytes()
    found = taken(tmp_path, line + first + b"\n\n" + line + second + b"\n" + line + b"Subject: " + b"x" * LIMIT + b"\n")
    assert [c["problem"] for c in found] == [None, None, "too_large"]
    assert [c["source"].partition("#")[2] for c in found] == ["message1", "message2", "message3"]
    assert b"\nFrom here on it rains" in found[0]["content"]
    assert found[1]["content"].strip() == second.strip()


@pytest.mark.parametrize(
    "head",
    [
        b"From: a@b.example\nSubject: x\n\n",
        b"Return-Path: <a@b.example>\r\nReceived: by c;\r\n\tMon, 2 Mar\r\nX-Y: z\r\n\r\nText",
        b"\xef\xbb\xbfMIME-Version: 1.0\nDate: Mon\n\n",
        b"Received: x\nDate: Mon\nDKIM-Signature: " + b"a" * 9000,
    ],
)
def test_mails_are_told_by_their_headers(head: bytes) -> None:
    assert mail.is_mail(head[:8192])


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"From here on it rains.\n",
        b"From: Ostreva\nThe harbour reopened on Monday.\nIt rains.",
        b"Subject: x\nTo: y\n\n",
        b"Note: a\nSee: b\n\n",
        b"<html>",
        b"Date: Monday\nThe harbour reopened.\n",
    ],
)
def test_other_texts_are_no_mails(head: bytes) -> None:
    assert not mail.is_mail(head)


@pytest.mark.parametrize("start", ["", '\r\n\tstart="<page@mhtml.blink>";'])
def test_a_saved_page_has_its_address_and_when_it_was_saved(tmp_path: Path, start: str) -> None:
    (found,) = taken(tmp_path, samples.mhtml(start))
    assert (found["media_type"], found["url"]) == ("multipart/related", "https://post.example/harbour")
    assert found["captured_at"].isoformat() == "2026-03-02T09:44:17+00:00"
    assert capture.cleaned(found, {})[0]["text"] == samples.STORY


def test_without_a_sign_of_its_root_the_first_page_is_it(tmp_path: Path) -> None:
    content = samples.mhtml().replace("Snapshot-Content-Location", "X-Was")
    (found,) = taken(tmp_path, content)
    assert "Buy a boat" in (capture.document(found, {})[0].html or "")


@pytest.mark.parametrize(
    ("comment", "saved"),
    [
        (f"{SINGLE} Mon Mar 02 2026 10:15:00 GMT+0100 (Central European Standard Time)\n", "2026-03-02T09:15:00+00:00"),
        (" saved from url=(0028)https://post.example/harbour ", NOON.isoformat()),
        (
            " Saved from https://post.example/harbour at 2026-03-02T09:15:00Z using monolith v2.8.1 ",
            "2026-03-02T09:15:00+00:00",
        ),
        (f"{SINGLE} Mon Mar 99 2026 10:15:00 GMT+0100\n", NOON.isoformat()),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_in_one_file_says_where_it_came_from(tmp_path: Path, comment: str, saved: str, encoding: str) -> None:
    (found,) = taken(tmp_path, samples.single_file(comment).encode(encoding))
    assert (found["url"], found["captured_at"].isoformat()) == ("https://post.example/harbour", saved)
    assert capture.cleaned(found, {})[0]["text"] == samples.STORY


def test_a_page_that_speaks_of_addresses_says_not_where_it_came_from(tmp_path: Path) -> None:
    for comment in ("see https://post.example/harbour", " saved from url=(0014)about:internet "):
        (found,) = taken(tmp_path, samples.single_file(comment))
        assert (found["url"], found["captured_at"]) == (None, NOON)


def test_parts_nested_too_deep_are_told(tmp_path: Path) -> None:
    content = "Content-Type: text/plain\n\nx\n"
    for n in range(3000):
        content = f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n{content}\n--b{n}--\n"
    start = time.process_time()
    (found,) = taken(tmp_path, "From: a@b.example\nTo: c@d.example\n" + content)
    assert found["problem"] == "nested"
    assert time.process_time() - start < 5


LETTER = samples.mail("<html><body><p>x</p></body></html>", WRAPPED)
LETTER.add_attachment(samples.PAGE.encode(), maintype="text", subtype="html", filename="page.html")
BOX = b"From a@post.example Mon Mar  2 10:15:00 2026\n" + LETTER.as_bytes()


@settings(max_examples=200)
@given(
    st.sampled_from([LETTER.as_bytes(), BOX, samples.mhtml().encode()]), st.integers(0, 1500), st.binary(max_size=10)
)
def test_any_bytes_give_pieces_and_documents_or_the_declared_errors(sample: bytes, at: int, noise: bytes) -> None:
    content = sample[:at] + noise + sample[at:]
    found = []
    with suppress(BrokenContainerError):
        found = list(registry.read(io.BufferedReader(io.BytesIO(content)), LIMIT))
        assert found
    for piece in found:
        if piece.problem is None and piece.media_type != "text/plain":
            with suppress(Rejected):
                capture.document(captured(piece.content, piece.media_type), {})
