"""Made-up documents of the usual size and shape: an article from `recombined` amid what a news site puts around it.

The median page of 2019 has 109 kB, 800 elements, 136 links and 26 kB of scripts; the same page pasted as text has 8 kB
in 160 lines, a sixth of which are the article.
"""

import random
from html import escape
from typing import NamedTuple

from benchmarks.measure import recombined

_MENU = (
    "Home", "World", "Politics", "Business", "Markets", "Technology", "Science", "Health", "Sport", "Football",
    "Tennis", "Culture", "Books", "Film", "Music", "Travel", "Weather", "Opinion", "Letters", "Obituaries", "Podcasts",
    "Puzzles", "Newsletters", "Crosswords", "Video", "Pictures", "Archive",
)  # fmt: skip
_FOOT = (
    "About us", "Contact us", "Jobs", "Privacy policy", "Terms of use", "Cookie settings", "Advertise", "Subscribe",
    "Help", "Sitemap", "Accessibility", "Corrections", "RSS", "Follow us", "Download the app",
)  # fmt: skip
_SHARE = ("Share on Facebook", "Share on X", "Email this article", "Print", "Copy link", "Save")
_HEADLINE = 12  # words of the headlines of other stories


class News(NamedTuple):
    """What a page shows: the article, and the headlines of others."""

    title: str
    paragraphs: list[str]
    others: list[str]
    number: int


def news(count: int) -> list[News]:
    """Articles with the headlines of others around them."""
    draw = random.Random(2)  # noqa: S311  # nothing secret
    texts = [text.split("\n\n") for text in recombined(count)]
    heads = [" ".join(p.split()[:_HEADLINE]).strip(".,") for text in texts for p in text]
    return [News(f"{text[0][:50]} {i}", text, draw.sample(heads, 50), i) for i, text in enumerate(texts)]


def pasted(count: int) -> list[str]:
    """Pages as select-all and copy give them."""
    return [_pasted(one) for one in news(count)]


def _pasted(one: News) -> str:
    related = [line for i, head in enumerate(one.others) for line in ("", head, f"{i % 12 + 1} hours ago")]
    lines = [
        "Skip to content", *_MENU, "", "The Example Courier", "", one.title, "", "By Nia Okoro",
        f"Published {one.number % 28 + 1} March 2025 at 09:30", *_SHARE, "", "\n\n".join(one.paragraphs), "",
        "Advertisement", "", "Most read", *related, "", "Comments (12)", "Leave a comment", "", *_FOOT,
        "© 2025 The Example Courier. All rights reserved.",
    ]  # fmt: skip
    return "\n".join(lines)


def pages(count: int) -> list[str]:
    """Pages as markup."""
    return [_page(one) for one in news(count)]


def _page(one: News) -> str:
    menu = "".join(f"<li class='nav-item'><a href='/{name}'><span>{name}</span></a></li>" for name in _MENU)
    story = "".join(f"<p class='paragraph'>{escape(p)}</p>" for p in one.paragraphs)
    cards = "".join(
        f"<div class='card card-{i}'>"
        f"<div class='card-media'><a href='/story/{i}'><img src='/i/{i}.jpg' alt=''></a></div>"
        f"<h3 class='card-title'><a href='/story/{i}'>{escape(head)}</a></h3>"
        f"<span class='timestamp'>{i % 12 + 1} hours ago</span>"
        f"<ul class='tags'><li><a href='/t/{i}'>World</a></li></ul></div>"
        for i, head in enumerate(one.others)
    )
    foot = "".join(f"<li><a href='/{i}'>{name}</a></li>" for i, name in enumerate(_FOOT))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{escape(one.title)} | Example Courier</title>
<meta property="og:title" content="{escape(one.title)}"><meta property="og:site_name" content="Example Courier">
<meta property="article:published_time" content="2025-03-{one.number % 28 + 1:02d}T09:30:00Z">
<style>{".card{margin:0;padding:0} " * 1000}</style>
<script>{"var a = [1, 2, 3]; function f(x) { return x; } " * 900}</script>
</head><body><header id="masthead"><a href="/"><img src="/logo.png" alt="Example Courier"></a>
<nav class="menu"><ul>{menu}</ul></nav></header><main><article class="story"><h1>{escape(one.title)}</h1>
<div class="byline">By <a rel="author" href="/nia">Nia Okoro</a></div>
<time datetime="2025-03-01T09:30:00Z">1 March</time>
<div class="share">{"".join(f"<a href='#'>{name}</a>" for name in _SHARE)}</div>
<div class="article-body">{story}</div></article><aside class="related"><h2>Most read</h2>{cards}</aside></main>
<footer><ul>{foot}</ul><p>© 2025 Example Courier. All rights reserved.</p></footer></body></html>"""
