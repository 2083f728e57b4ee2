"""What a publication changes in who is who, kept for those who wrote an entity's id down.

A mention's own id, `mention_id`, is made from its article alone and never changes. The entity that it is linked to
follows from all articles together, so it can become another when they show more. Each such change is a row of
`meta.relinked`; it is carried on from generation to generation, and begins anew with `dateline rebuild`.
"""

import duckdb

LINKS = "core.article_entities"


def remember(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the links as they are before the models are built."""
    links = LINKS if _are_there(con) else "(select '' as version_id, '' as mention_id, '' as entity_id)"
    con.execute(f"create or replace temp table links_before as select version_id, mention_id, entity_id from {links}")  # noqa: S608


def tell(con: duckdb.DuckDBPyConnection, generation: int) -> None:
    """Write down which mentions are linked to another entity since."""
    if _are_there(con):
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


def _are_there(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the warehouse has links: a folder of SQL need not make them."""
    found = con.execute("select 1 from duckdb_tables() where schema_name || '.' || table_name = $1", [LINKS]).fetchone()
    return found is not None
