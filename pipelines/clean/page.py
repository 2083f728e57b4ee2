"""A web page as a tree, parsed once, with nothing lost in silence."""

import re

from lxml import etree, html

from pipelines.clean.rejected import Rejected

_DOCTYPE = re.compile(
    r"^\s*(?:<\?xml[^>]*\?>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAGS = re.compile(
    r"</?(?:p|div|span|a|br|h[1-6]|ul|ol|li|table|tr|td|section|article|header|footer|nav|main|figure|script|style|meta"
    r"|link|title|img|em|strong|b|i)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_OPENED = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body)\b|</(?:article|main|section|div|table)>\s{0,40}\Z", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HEAD = 20_000
_TAGS_OF_A_PAGE = 6  # a text that quotes a tag or two is still a text


def is_html(text: str) -> bool:
    """Whether a text is markup: it begins as a page does, or has many tags for its length."""
    head = text[:_HEAD]
    if _DOCTYPE.match(head):
        return True
    tags = sum(1 for _ in _TAGS.finditer(head))
    return tags >= _TAGS_OF_A_PAGE and tags * 400 > len(head)


def is_cut(source: str) -> bool:
    """Whether a page breaks off: it opens a document that nothing closes, as downloads do that ended too early.

    One that ends with the end of a larger part was more likely written so.
    """
    return bool(_OPENED.search(source[:_HEAD])) and not _CLOSED.search(source)


def _bytes(source: str) -> bytes:
    """UTF-8 without NULs, which end a string in C."""
    source = source.replace("\x00", "")
    try:
        return source.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", source).encode()


def parse(source: str) -> html.HtmlElement:
    """The tree of a page.

    Raises:
        Rejected: `empty` where there is nothing, `too_deep` and `too_large` where libxml2 gave up and dropped text.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_bytes(source), parser=parser)
    except etree.ParserError as fault:
        raise Rejected("empty", f"the page holds nothing: {fault}") from fault
    for entry in parser.error_log:
        if entry.type == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError(entry.message)
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            reason = "too_deep" if "depth" in entry.message else "too_large"
            raise Rejected(reason, f"line {entry.line}: {entry.message}")
    return tree
