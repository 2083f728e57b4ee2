"""What is fuzzed: every parser of ours, with seeds of our own, and what must be true of whatever it is given.

A target takes bytes and raises nothing, whatever they are: a parser refuses with its own error, which the target takes
for an answer. What the parser gave is held to the schema of its table, so that it can be kept.
"""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from protego import Protego

from pipelines import decisions
from pipelines.clean import byline, capture, credit, dates, decode, header, wire
from pipelines.clean.document import Document, clean
from pipelines.clean.rejected import Rejected
from pipelines.extract import numerals, quote_marks
from pipelines.extract.rows import rows_of
from pipelines.ingest import feeds, files, http_message, registry, retry, sitemaps, sources, web_address
from pipelines.ingest.addresses import RefusedError
from pipelines.ingest.piece import BrokenContainerError
from pipelines.lake import arrow_table
from pipelines.load import spans
from pipelines.schemas import TABLES, Capture, Cleaned, MediaType
from pipelines.steps import clean as steps_clean
from tests.unit.clean.pdfs import column, pdf
from tests.unit.ingest import samples, warcs
from tests.world import NOON

LIMIT = 1 << 20
URL = "https://post.example/2026/03/02/harbour"
Parser = Callable[[bytes], None]
Seeds = Callable[[], Sequence[bytes | str]]


class Target(NamedTuple):
    """A parser, and what its fuzzing begins with."""

    parse: Parser
    seeds: Seeds


def taken_in(content: bytes) -> None:
    """The readers, as `dateline ingest` runs them over a file."""
    rows: list[Capture] = []
    with suppress(BrokenContainerError):
        rows.extend(
            files.capture(p, "file", NOON) for p in registry.read(io.BufferedReader(io.BytesIO(content)), LIMIT)
        )
    arrow_table(TABLES["raw/captures"], rows)


def listed(content: bytes) -> None:
    """A feed or sitemap, as a source's answer is read."""
    for read in (feeds.entries, sitemaps.entries):
        with suppress(BrokenContainerError):
            for entry in read(content, URL):
                json.loads(entry.stated() or "{}")
    with suppress(BrokenContainerError):
        sitemaps.children(content, URL)


def answered(content: bytes) -> None:
    """A response in an archive."""
    message = http_message.parse(content)
    with suppress(http_message.UnknownCodingError, BrokenContainerError):
        assert len(http_message.body(message, LIMIT).content) <= LIMIT


def robots(content: bytes) -> None:
    """A host's robots.txt."""
    rules = Protego.parse(content.decode("utf-8", "replace"))
    rules.can_fetch(URL, "Dateline")
    rules.crawl_delay("Dateline")


def addressed(content: bytes) -> None:
    """An address that a stranger wrote, alone and beside the page that it stands on."""
    text = content.decode("utf-8", "replace")
    web_address.shown(text)
    for base in (None, URL):
        with suppress(RefusedError):
            there = web_address.target(text, base)
            assert there.host
            assert there.wire().target
    retry.moment(text, NOON)


def settled(content: bytes) -> None:
    """The files that the user writes: what is watched, and what was decided of entities."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "given"
        file.write_bytes(content)
        with suppress(sources.SourcesError):
            sources.load(file)
        with suppress(decisions.DecisionError):
            decisions.read(file)


def media(kind: MediaType) -> Parser:
    """Cleaning of a capture of a media type."""

    def parse(content: bytes) -> None:
        with suppress(Rejected):
            _kept(*capture.cleaned(samples.captured(content, kind, URL), {}))

    return parse


def recorded(content: bytes) -> None:
    """Cleaning of an object of an export; the reader has made sure that it is one."""
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        return
    if isinstance(record, dict):
        media("application/json")(content)


def pasted(content: bytes) -> None:
    """Cleaning of a text."""
    with suppress(Rejected):
        _kept(clean(Document(text=content.decode("utf-8", "replace"), url=URL, latest=NOON)))


def _kept(cleaned: Cleaned, encoding: str = "utf-8") -> None:
    row = steps_clean._article(samples.captured(b"", "text/plain"), cleaned, encoding)
    arrow_table(TABLES["clean/articles"], [row])


def decoded(content: bytes) -> None:
    """Bytes as text, with and without what a server says of them."""
    for declared in (None, "utf-8", "windows-1252", content[:12].decode("latin-1")):
        with suppress(Rejected):
            text, encoding = decode.decode(content, declared)
            assert isinstance(text, str)
            assert encoding


def lined(content: bytes) -> None:
    """The lines that stand about a story: wires' marks, bylines, credits, stamps and times."""
    text = content.decode("utf-8", "replace")
    wire.dateline(text)
    wire.end_mark(text)
    wire.is_residue(text)
    wire.is_slug(text)
    wire.headline(text)
    byline.people([text])
    byline.agency(text)
    credit.of_line(text)
    header.is_stamp(text)
    lines = text.splitlines() or [""]
    header.of_story(lines, lines[0], min(2, len(lines)))
    found = [*dates.in_text("byline", text), *dates.day_hour(text), dates.iso("meta", text), dates.in_url(text)]
    for stated in dates.evidence(dates.ranked([c for c in found if c], NOON), NOON):
        assert stated["value"]


PHRASES = (
    "per cent", "percentage points", "million", "dollars", "US", "euros", "cents", "pence", "kilometres", "tonnes",
    "a day", "per", "each", "square", "years", "year-old", "aged", "times", "fold", "to", "and", "between", "from",
    "more than", "at least", "about", "some", "up", "down", "by", "rose", "fell", "none", "no", "only", "as many as",
    "January", "March 2", "Sept.", "Monday", "Tuesday", "yesterday", "today", "last", "next", "this", "week", "month",
    "ago", "earlier", "later", "since", "until", "before", "2026", "1990s", "9:30", "p.m.", "GMT", "noon", "the 1st",
    "quarter", "fiscal", "Christmas", "summer", "century", "hours", "said", "says", "told", "according to",
    "the ministry", "President Orla Venn", "Norvale Bank", "Ines Okoro", "spokesman", "police", "troops", "people",
    "ships", "she", "they", "who", "that", "did not", "may", "expected", "denied", "killed", "in Ostreva", "Ltd",
    "U.S.", "Mr.", "I",
)  # fmt: skip
# One byte is one of these: numbers, units, times and quotes are grammars, which random letters never meet.
WORDS = (
    *(word + " " for word in list(numerals.SMALL)[:20] + list(numerals.TENS) + list(numerals.SCALES)),
    *(word + " " for word in ("half", "quarter", "dozen", "dozens", "third", "fifths", "first", "21st", "a", "the")),
    *"0123456789.,-–/:;%$€£¥()'’\"“”«»",
    *(" ", "\n\n", "\n", "\u00a0", "½", "²", "×", "~", "+", "≤", "^", "e", "m", "bn", "k", "p", "ft", "km/h ", "°C "),
    *(word + " " for word in PHRASES),
)  # fmt: skip


def told(content: bytes) -> None:
    """Extraction from sentences put together out of words that mean something to it."""
    facts_of("".join(WORDS[byte % len(WORDS)] for byte in content[:300]))


def written(content: bytes) -> None:
    """Extraction from any text."""
    facts_of(content[:1500].decode("utf-8", "replace"))


def facts_of(text: str) -> None:
    """Extract, and hold every fact to its table and to the characters that it points to."""
    rows = rows_of({"v": (text, "2026-03-02T09:30:00+01:00")})
    assert not rows["facts/failures"], rows["facts/failures"][0]["error"]
    for table, found in rows.items():
        arrow_table(TABLES[table], found)
        for start, end, surface in spans(TABLES[table]):
            assert all(row[surface] is None or text[row[start] : row[end]] == row[surface] for row in found), table


def marked(content: bytes) -> None:
    """Passages between quotation marks: in order, none in another, within the text."""
    text = content.decode("utf-8", "replace")
    last = 0
    for passage in quote_marks.passages(text):
        assert last <= passage.start <= passage.inner_start <= passage.inner_end <= passage.end <= len(text)
        last = passage.end


def _zip(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        archive.writestr("a.html", samples.PAGE)
        archive.writestr("b/c.txt", samples.STORY)
    return sink.getvalue()


def _tar(form: int) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=form) as archive:
        member = tarfile.TarInfo("news/" + "long/" * 20 + "a.txt")
        member.size = len(samples.STORY)
        archive.addfile(member, io.BytesIO(samples.STORY.encode()))
    return sink.getvalue()


def _warc() -> list[bytes]:
    chunks = b"5\r\nhello\r\n0\r\n\r\n"
    answers = [
        warcs.INFO + warcs.response(1) + warcs.request(1),
        warcs.digested(2),
        warcs.response(3, gzip.compress(warcs.page(3)), head="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"),
        warcs.response(4, chunks, head="Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"),
    ]
    return [*answers, gzip.compress(answers[0]) + gzip.compress(answers[1])]


def _mail() -> list[bytes]:
    both = samples.mail(html=samples.PAGE, plain=samples.STORY).as_bytes()
    mailbox = b"From news@post.example Mon Mar  2 10:15:00 2026\n" + both + b"\n\n"
    return [both, samples.mail(plain=samples.STORY).as_bytes(), mailbox * 2]


def _tables() -> list[str]:
    return [
        f'title,text,date,url\nHarbour,"{samples.PARAGRAPHS[0]}",2026-03-02,{URL}\nTwo,"a ""b"" c",,\n',
        f"id\tbody\n1\t{samples.PARAGRAPHS[1]}\n2\t{samples.PARAGRAPHS[2]}\n",
        f"titel;text\nHafen;{samples.PARAGRAPHS[0]}\n",
    ]


def _json() -> list[str]:
    record = {"title": samples.TITLE, "text": samples.STORY, "date": samples.AT, "author": ["Ines Okoro"], "url": URL}
    lines = json.dumps(record) + "\n" + json.dumps({"html": samples.PAGE}) + "\n"
    return [json.dumps([record, record]), lines, json.dumps({"articles": [record]}, indent=1), samples.ninjs()]


def _texts() -> list[str]:
    stamps = (
        "March 2, 2026 at 9:30 a.m. GMT",
        "2026-03-02T09:30:00Z",
        "2 Mar 2026 | Updated 14:05",
        "020930 GMT MAR 26",
    )
    names = (
        "By Ines Okoro and Petr Vrba, Sample Wire",
        "(Reporting by Jana Olsa; Editing by Ada Quill)",
        "ENDS",
        "-30-",
    )
    return [samples.STORY, "\n".join((samples.TITLE, "By Ines Okoro", stamps[0], "", samples.STORY)), *stamps, *names]


def _said() -> list[str]:
    return [
        samples.STORY,
        'It rose 2.5% to $3.2bn, or 12 euros a share, in the third quarter, "the most since 2019", she said on Monday.',
        "“We lost 40 to 50 ships,” said Orla Venn. ‘None’ came back… About half a million people, 1 in 5, left.",
    ]


TARGETS: dict[str, Target] = {
    "warc": Target(taken_in, _warc),
    "zip": Target(taken_in, lambda: [_zip(), _zip(zipfile.ZIP_STORED)]),
    "tar": Target(taken_in, lambda: [_tar(tarfile.PAX_FORMAT), _tar(tarfile.GNU_FORMAT), _tar(tarfile.USTAR_FORMAT)]),
    "packed": Target(taken_in, lambda: [gzip.compress(samples.STORY.encode()), gzip.compress(_zip())]),
    "mailbox": Target(taken_in, _mail),
    "feed": Target(taken_in, lambda: [samples.rss(), samples.atom(), samples.json_feed(), samples.sitemap()]),
    "table": Target(taken_in, _tables),
    "json": Target(taken_in, _json),
    "newsml": Target(taken_in, lambda: [samples.news_message(samples.news_item()), samples.nitf()]),
    "listing": Target(listed, lambda: [samples.rss(), samples.atom(), samples.json_feed(), samples.sitemap()]),
    "http": Target(answered, lambda: [warcs.response(1).partition(b"\r\n\r\n")[2], b"HTTP/1.1 200 OK\r\n\r\nx"]),
    "robots": Target(robots, lambda: ["User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 2\n"]),
    "address": Target(
        addressed, lambda: [URL, "//[::1]:80/a?token=b#c", "../x", "Mon, 02 Mar 2026 10:15:00 GMT", "120"]
    ),
    "settings": Target(
        settled,
        lambda: [
            f'[[source]]\nname = "a"\nkind = "feed"\nurl = "{URL}"\ninterval = "30m"\n',
            "at,who,what,entities,value,why\n2026-03-02T10:00:00+00:00,a,merge,ORG:a ORG:b,,same\n",
        ],
    ),
    "decode": Target(decoded, lambda: ["Žluťoučký kůň", samples.PAGE.encode("utf-16"), b"caf\xe9 <meta charset=gbk>"]),
    "lines": Target(lined, _texts),
    "paste": Target(pasted, _texts),
    "page": Target(media("text/html"), lambda: [samples.PAGE, samples.single_file("Saved by SingleFile")]),
    "record": Target(recorded, lambda: [samples.ninjs(), '{"text": "a", "author": [{"name": "b"}]}']),
    "nitf": Target(media("application/nitf+xml"), lambda: [samples.nitf()]),
    "newsitem": Target(media("application/vnd.iptc.g2.newsitem+xml"), lambda: [samples.news_item()]),
    "mail": Target(media("message/rfc822"), _mail),
    "mhtml": Target(media("multipart/related"), lambda: [samples.mhtml()]),
    "pdf": Target(media("application/pdf"), lambda: [pdf([column(50, 700, samples.STORY)])]),
    "quote_marks": Target(marked, _said),
    "facts": Target(told, lambda: [bytes(range(len(WORDS)))[i : i + 40] for i in range(0, len(WORDS), 40)]),
    "text": Target(written, _said),
}


def seeds(name: str) -> Iterator[bytes]:
    """The seeds of a target, as bytes."""
    for seed in TARGETS[name].seeds():
        yield seed.encode() if isinstance(seed, str) else seed
