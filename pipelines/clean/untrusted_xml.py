"""XML from anywhere as a tree: no entity is expanded, nothing is loaded, and what is no XML is told.

Entities that a document declares of itself are how XML bombs and reads of local files work (CWE-776, CWE-611); news
needs none, so a document that declares any is refused before its first element is read. A DTD that is only named, as in
`<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">`, is never loaded.
"""

import re
from html import entities
from xml.parsers import expat

from lxml import etree

from pipelines.clean.decode import decode
from pipelines.clean.rejected import Rejected

_DECLARATION = re.compile(r"^<\?xml\s[^>]{0,500}?\?>\s*")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,12}|#[xX][0-9A-Fa-f]{1,12});")
_LAST = 0x10FFFF
_ATTRIBUTES = 256  # what reads feeds takes time by their square
_CROWDED = f"boolean(//*[count(@*) > {_ATTRIBUTES}])"
_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))


class _FirstElementError(Exception):
    """The prolog is over: expat's only way to be stopped."""


def source(content: bytes, charset: str | None = None) -> str:
    """The text of an XML document, ready to be parsed: decoded, without its declaration and without what XML forbids.

    Names of characters that HTML has and XML has not (`&nbsp;`) are replaced by their characters, and numbers of
    characters that XML forbids (`&#0;`) are taken out.

    Raises:
        Rejected: `empty`; `binary`; `unsafe_xml` where it declares entities.
    """
    return decoded(content, charset)[0]


def decoded(content: bytes, charset: str | None = None) -> tuple[str, str]:
    """As `source`, with the name of the encoding that it was read in.

    Raises:
        Rejected: as `source`.
    """
    text, encoding = decode(content, charset)
    text = _ILLEGAL.sub("", text).strip("\ufeff \t\r\n")
    text = _DECLARATION.sub("", text, count=1)
    if not text:
        raise Rejected("empty", f"the document has {len(content)} bytes and no text")
    _refuse_entities(text)
    return _NAMED.sub(_character, text), encoding


def tree(text: str, *, mend: bool = False) -> etree._Element:
    """The root element of what `source` gives; with `mend`, of as much of it as can be read.

    Raises:
        Rejected: `bad_xml` where it is not well-formed, or nested deeper than 256 elements, or crowded with attributes.
    """
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mend
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Rejected("bad_xml", f"the XML breaks: {error}"[:300]) from None
    if root is None:
        raise Rejected("bad_xml", "there is no element that can be read")
    if root.xpath(_CROWDED):
        raise Rejected("bad_xml", f"an element has more than {_ATTRIBUTES} attributes")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; nothing for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _character(named: re.Match[str]) -> str:
    name = named[1]
    if not name.startswith("#"):
        return named[0] if name in _OWN else entities.html5.get(f"{name};", named[0])
    number = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
    return named[0] if number <= _LAST and not _ILLEGAL.match(chr(number)) else ""


def _refuse_entities(text: str) -> None:
    """Refuse a document that declares entities; expat stops at the first one, or at the first element."""
    parser = expat.ParserCreate("utf-8")
    parser.EntityDeclHandler = _declared
    parser.StartElementHandler = _begun
    try:
        parser.Parse(text.encode(), True)
    except (_FirstElementError, expat.ExpatError):
        return  # what is broken is told when it is parsed


def _begun(*_: object) -> None:
    raise _FirstElementError


def _declared(name: str, *_: object) -> None:
    raise Rejected("unsafe_xml", f"the document declares the entity {name[:40]!r}: such documents are not read")
