"""Invented documents in the shapes in which news arrives."""

PARAGRAPHS = tuple(
    " ".join(paragraph.split())
    for paragraph in """
NORVALE -- Engineers will close the old iron bridge over the Sarn for at least 14 months, the city council said, after
inspectors found cracks in 31 of its 48 girders.

The closure, which begins on March 3, will send about 22,000 vehicles a day through the narrow streets of the harbour
quarter, where traders fear for their trade.

"We are not going to gamble with a bridge that our grandparents built," Mayor Ilse Tarrant told reporters on Thursday.
"It has to be safe, and it has to be safe for another century."

Repairs are expected to cost 61 million crowns, of which the national government has promised to pay two thirds. The
rest will come out of the city's road fund, according to a statement by the finance department.

Shopkeepers along Quay Street said they had not been asked. Some of them have begun to collect signatures against the
plan, and a first meeting drew more than 200 people to the fish market.
""".strip().split("\n\n")
)

WIRE = "\n\n".join(
    [
        "Norvale to Close Iron Bridge for More Than a Year -- WSJ",
        "Dow Jones03-01",
        "By Ada Lindqvist, Tom Reyes and Benoît Faure",
        *PARAGRAPHS,
        "Write to Ada Lindqvist at ada.lindqvist@example.com and Tom Reyes at tom.reyes@example.com",
        " ",
        "(END) Dow Jones Newswires",
        "March 01, 2025 09:30 ET (14:30 GMT)",
        "Copyright (c) 2025 Dow Jones & Company, Inc.",
        "Disclaimer: The above is not advice of any kind and should not be taken for it by anybody who reads it here.",
        "Comments",
        "Be the first to tell us what you think about this\nLeave a comment",
    ]
)

BODY = "\n\n".join(PARAGRAPHS)

JSONLD = """{"@context": "https://schema.org", "@graph": [
  {"@type": "NewsArticle", "headline": "Norvale to close its iron bridge", "datePublished": "2025-03-01T09:30:00-05:00",
   "dateModified": "2025-03-01T11:00:00-05:00", "articleSection": "Cities &amp; Towns",
   "author": [{"@type": "Person", "name": "By Ada Lindqvist"}, {"@id": "#reyes"}],
   "publisher": {"@type": "Organization", "name": "Sarn Courier"}},
  {"@type": "Person", "@id": "#reyes", "name": "Tom Reyes"}]}"""


def page(*paragraphs: str, head: str = "", before: str = "", after: str = "") -> str:
    """A page with the paragraphs as its article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="en">
<head><title>Norvale to close its iron bridge | Sarn Courier</title>{head}</head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
{before}<main><article><h1>Norvale to close its iron bridge</h1>{body}</article></main>{after}
<footer><p>© 2025 Sarn Courier. All rights reserved.</p><a href="/privacy">Privacy policy</a></footer></body></html>"""
