"""The views, in the order of the navigation."""

from pipelines.desk import article, articles, decisions, people, places, removed, sql

VIEWS = (
    articles.VIEW,
    article.VIEW,
    removed.VIEW,
    people.VIEW,
    people.PROFILE_VIEW,
    places.VIEW,
    decisions.VIEW,
    sql.VIEW,
)
