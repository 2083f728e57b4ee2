"""What a publication changes in who is who, kept for those who wrote an entity's id down.

A mention's own id, `mention_id`, is made from its article alone and never changes. The entity that it is linked to
follows from all articles together, so it can become another when they show more. Each such change is a row of
`meta.relinked`; it is carried on from generation to generation, and begins anew with `dateline rebuild`.
"""

import duckdb

LINKS = "core.article_entities"


def remember(con: duckdb.DuckDBPyConnection, *, only_touched: bool) -> None:
    """Keep the links as they are before they are made anew: all, or those of the versions in `meta.touched`."""
    only = "where version_id in (select version_id from meta.touched)" if only_touched else ""
    con.execute(
        f"""create or replace temp table links_before as
        select version_id, mention_id, entity_id from {LINKS} {only}"""  # noqa: S608
    )


def tell(con: duckdb.DuckDBPyConnection, generation: int) -> None:
    """Write down which mentions are linked to another entity since, if their links were made anew."""
    if _are_kept(con):
        con.execute(
            f"""insert into meta.relinked
            select $1, l.version_id, l.mention_id, b.entity_id, l.entity_id, l.why
            from {LINKS} l
            join links_before b using (version_id, mention_id)
            where l.entity_id <> b.entity_id
            order by all""",  # noqa: S608
            [generation],
        )
        con.execute("drop table links_before")


def _are_kept(con: duckdb.DuckDBPyConnection) -> bool:
    return con.execute("select 1 from duckdb_tables() where table_name = 'links_before'").fetchone() is not None
