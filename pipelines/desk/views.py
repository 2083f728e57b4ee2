"""The views, in the order of the navigation."""

from pipelines.desk import article, articles, decisions, figure, figures, people, places, quotes, removed, sql, today

VIEWS = (
    today.VIEW,
    figures.VIEW,
    quotes.VIEW,
    articles.VIEW,
    people.VIEW,
    decisions.VIEW,
    sql.VIEW,
    article.VIEW,
    figure.VIEW,
    figures.SERIES_VIEW,
    removed.VIEW,
    quotes.UTTERANCE_VIEW,
    people.PROFILE_VIEW,
    places.VIEW,
)
