"""Files of the formats, about invented events: what each holds can be changed by what is given."""

import json
from email.message import EmailMessage
from typing import Any

from pipelines.schemas import Capture
from tests.world import NOON

TITLE = "Harbour of Ostreva reopens"
PARAGRAPHS = (
    "OSTREVA, March 2 (SW) - The harbour of Ostreva reopened on Monday after 12 days, the port authority said.",
    "Ferries will sail again from noon, said Jana Vrba, who runs the authority. About 3,000 people use them each day.",
    "The council will vote on new rules for the harbour on Friday, and 40 people have asked to speak.",
)
STORY = "\n\n".join(PARAGRAPHS)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
PAGE = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{BODY}</body></html>"
AT = "2026-03-02T10:15:00+01:00"


def rss(body: str = f"<content:encoded><![CDATA[{BODY}]]></content:encoded>") -> str:
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Ostreva Post</title><link>https://post.example/</link><item><title>{TITLE}</title>
<link>https://post.example/harbour</link><pubDate>Mon, 02 Mar 2026 10:15:00 +0100</pubDate>{body}
</item></channel></rss>"""


def atom() -> str:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Ostreva Post</title><entry><title>{TITLE}</title>
<link href="https://post.example/quay"/><published>{AT}</published><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content></entry></feed>"""


def json_feed() -> str:
    item = {
        "id": "1",
        "url": "https://post.example/harbour",
        "title": TITLE,
        "content_text": STORY,
        "date_published": AT,
    }
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Ostreva Post", "items": [item]}, indent=1
    )


def sitemap() -> str:
    return """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://post.example/harbour</loc></url></urlset>"""


def nitf(status: str = "usable", release: str = "20260302T101500+0100", head: str = "", body: str = BODY) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf xml:lang="en-GB"><head><title>harbour-slug</title><docdata management-status="{status}"><doc-id id-string="sw-1"/>
<urgency ed-urg="4"/><date.issue norm="20260302T101500+0100"/><date.release norm="{release}"/></docdata>
<pubdata name="Ostreva Post" position.section="Harbour"/>{head}</head><body><body.head><hedline>
<hl1>Harbour of <em>Ostreva</em> reopens</hl1><hl2>Ferries sail from noon</hl2></hedline>
<byline>By <person>Jana&nbsp;Olsa</person> and <person>Petr Vrba</person><byttl>Staff writers</byttl></byline>
<distributor><org>Sample Wire</org></distributor><dateline><location><city>OSTREVA</city></location>
<story.date norm="20260302">March 2</story.date></dateline></body.head>
<body.content>{body}</body.content></body></nitf>"""


def xhtml(body: str = BODY) -> str:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>slug</title></head><body>{body}</body></html>'
    return f'<inlineXML contenttype="application/xhtml+xml">{page}</inlineXML>'


def inline_nitf() -> str:
    story = nitf().partition('dtd">')[2].replace("&nbsp;", " ")
    story = story.replace("<nitf ", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" ')
    return f'<inlineXML contenttype="application/nitf+xml">{story}</inlineXML>'


def news_item(content: str = "", item: str = "", meta: str = "", version: int = 1) -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:sw.example:1" version="{version}"
 standard="NewsML-G2" standardversion="2.33" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider><name>Sample Wire</name></provider><versionCreated>{AT}</versionCreated>{item}</itemMeta><contentMeta>
<urgency>4</urgency><headline>{TITLE}</headline><dateline>OSTREVA, March 2 (SW) -</dateline>
<creator><name>Jana Olsa</name></creator><language tag="en-GB"/>{meta}</contentMeta>
<contentSet>{content or xhtml()}</contentSet></newsItem>"""


def news_message(*items: str) -> str:
    return f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>{AT}</sent></header>
<itemSet>{"".join(items)}</itemSet></newsMessage>"""


def ninjs(**given: Any) -> str:
    item = {
        "uri": "urn:newsml:sw.example:1",
        "type": "text",
        "versioncreated": AT,
        "pubstatus": "usable",
        "language": "en",
    }
    item |= {"headline": TITLE, "body_xhtml": BODY, "byline": "By Jana Olsa", "located": "Ostreva"}
    return json.dumps({key: value for key, value in (item | given).items() if value is not None})


def mail(html: str | None = None, plain: str | None = None, **headers: str | None) -> EmailMessage:
    made = EmailMessage()
    usual = {
        "From": "Ostreva Post <news@post.example>",
        "To": "reader@mail.example",
        "Subject": TITLE,
        "Date": "Mon, 02 Mar 2026 10:15:00 +0100",
        "List-Id": "<news.post.example>",
    }
    for name, value in (usual | {key.replace("_", "-"): text for key, text in headers.items()}).items():
        if value is not None:
            made[name] = value
    if plain is not None:
        made.set_content(plain)
    if html is not None:
        (made.set_content if plain is None else made.add_alternative)(html, subtype="html")
    return made


def mhtml(start: str = "") -> str:
    lines = (
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://post.example/harbour",
        f"Subject: {TITLE}",
        "Date: Mon, 2 Mar 2026 09:44:17 -0000",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\r\n\ttype="text/html";{start}\r\n\tboundary="----part"',
        "",
        "------part",
        "Content-Type: text/html",
        "Content-ID: <frame@mhtml.blink>",
        "Content-Location: https://ads.example/frame",
        "",
        "<html><body><p>Buy a boat today.</p></body></html>",
        "------part",
        "Content-Type: text/html; charset=utf-8",
        "Content-ID: <page@mhtml.blink>",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://post.example/harbour",
        "",
        PAGE.replace("=", "=3D").replace("reopened", "reope=\r\nned"),
        "------part",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        "iVBORw0KGgo=",
        "------part--",
        "",
    )
    return "\r\n".join(lines)


def single_file(comment: str) -> str:
    return PAGE.replace("<html>", f"<html><!-- {comment} -->")


def captured(content: bytes, kind: Any, url: str | None = None) -> Capture:
    """Bytes as they were captured at noon."""
    return {
        "capture_id": "a",
        "sha256": "a",
        "content": content,
        "media_type": kind,
        "source": "a",
        "url": url,
        "captured_at": NOON,
        "content_type": None,
        "stated": None,
        "problem": None,
        "detail": None,
    }
