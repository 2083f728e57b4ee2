"""The views, in the order of the navigation."""

from pipelines.desk import article, articles, removed

VIEWS = (articles.VIEW, article.VIEW, removed.VIEW)
