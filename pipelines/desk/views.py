"""The views, in the order of the navigation."""

from pipelines.desk import article, articles, figures, quotes, removed, today

VIEWS = (
    today.VIEW,
    figures.VIEW,
    quotes.VIEW,
    articles.VIEW,
    article.VIEW,
    removed.VIEW,
    quotes.UTTERANCE_VIEW,
)
