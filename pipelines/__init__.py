"""Dateline: a self-hosted news warehouse.

The way of an article: `ingest` captures bytes, `clean` takes the article out of them, `extract` finds its facts,
`lake` keeps every step's rows as Parquet, `warehouse` loads them into DuckDB, `models` builds the marts from `sql/`,
and `defs` shows it all to Dagster. Imports point one way: defs, cli -> ingest, clean, extract, link -> lake,
warehouse, engine, models -> schemas, settings.
"""
