"""The full-text index over the articles: made by DuckDB's extension, and kept up to date version by version.

The extension can only make the whole index anew. What it makes are plain tables (docs, terms, dict and stats); the
versions that a publication touches are taken out of these and put in again by the same steps. Rows of `terms` lie in
the order of their term, so that a search reads few of them.
"""

import duckdb

from pipelines.warehouse import literal

INDEXED = "core/articles"
SCHEMA = "fts_core_articles"
WORD_BOUNDARY = r"[^\p{L}\p{N}]+"  # the extension's own default would drop digits and all but the letters a to z

TAKE_OUT = f"""
create or replace temp table gone as
    select docid from {SCHEMA}.docs where name in (select version_id from meta.touched);
create or replace temp table fewer as
    select termid, count(distinct docid) as docs from {SCHEMA}.terms
    where docid in (select docid from gone) group by termid;
delete from {SCHEMA}.terms where docid in (select docid from gone);
delete from {SCHEMA}.docs where docid in (select docid from gone);
update {SCHEMA}.dict d set df = df - f.docs from fewer f where d.termid = f.termid;
delete from {SCHEMA}.dict where df = 0;
drop table gone;
drop table fewer;
"""  # noqa: S608
PUT_IN = f"""
create or replace temp table added as
    select (select coalesce(max(docid), -1) from {SCHEMA}.docs) + row_number() over (order by version_id) as docid, *
    from (
        select version_id, title, text from core.articles
        where version_id in (select version_id from meta.touched)
    );
create or replace temp table words as
    select docid, fieldid, stem(word, 'porter') as term
    from (
        select docid, 'title' as field, unnest({SCHEMA}.tokenize(title)) as word from added
        union all
        select docid, 'text', unnest({SCHEMA}.tokenize(text)) from added
    )
    join {SCHEMA}.fields using (field)
    where length(word) > 0 and word not in (select sw from {SCHEMA}.stopwords);
insert into {SCHEMA}.dict
    select (select coalesce(max(termid), -1) from {SCHEMA}.dict) + row_number() over (order by term), term, 0
    from (select distinct term from words) w anti join {SCHEMA}.dict using (term);
update {SCHEMA}.dict d set df = df + w.docs
    from (select term, count(distinct docid) as docs from words group by term) w where d.term = w.term;
insert into {SCHEMA}.terms
    select docid, fieldid, termid from words join {SCHEMA}.dict using (term) order by termid;
insert into {SCHEMA}.docs
    select a.docid, a.version_id, count(w.term) from added a left join words w using (docid) group by all;
drop table added;
drop table words;
delete from {SCHEMA}.stats;
insert into {SCHEMA}.stats select count(docid), sum(len) / count(len) from {SCHEMA}.docs;
"""  # noqa: S608


def make(con: duckdb.DuckDBPyConnection) -> None:
    """Make the index whole."""
    options = f"overwrite = 1, ignore = {literal(WORD_BOUNDARY)}"
    con.execute(f"pragma create_fts_index('{INDEXED.replace('/', '.')}', 'version_id', 'title', 'text', {options})")
    con.execute(f"create or replace temp table ordered as from {SCHEMA}.terms order by termid, docid")
    con.execute(f"truncate {SCHEMA}.terms; insert into {SCHEMA}.terms from ordered; drop table ordered")


def follow(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the index up to date with the versions in `meta.touched`."""
    con.execute(TAKE_OUT)
    con.execute(PUT_IN)
