# %% [markdown]
# # Who gives the numbers, and how sure are they?
#
# A worked analysis on the published warehouse. Each `# %%` begins a cell: editors that know the percent format (VS Code,
# PyCharm, Jupyter with jupytext) run it cell by cell, and it runs as a plain script as well:
#
#     DATELINE_DATA=data/demo .venv/bin/python notebooks/who_gives_the_numbers.py

# %%
from pipelines.settings import settings
from pipelines.warehouse import connect

warehouse = connect(settings().published)

# %% [markdown]
# ## Where do figures come from?
#
# A figure has a source where somebody asserts it. `author` is the paper itself: what it states without naming anyone.

# %%
sources = warehouse.sql("""
    select
        source_type,
        count(*) as figures,
        count(distinct speaker) as speakers,
        round(100 * avg((hedge in ('asserted', 'reported'))::integer)) as firm_percent
    from mart.figures
    where source_type is not null and kind not in ('ordinal', 'score')
    group by source_type
    order by figures desc
""")
sources.show()

# %% [markdown]
# ## Are sources that are not named less sure?
#
# Of the figures that somebody other than the paper gives: what share is said of the future or with a doubt?

# %%
hedged = warehouse.sql("""
    select
        source_type = 'anonymous' as is_anonymous,
        count(*) as figures,
        round(100 * avg((hedge in ('expected', 'planned', 'possible', 'estimated'))::integer)) as hedged_percent
    from mart.figures
    where source_type in ('official', 'named', 'document', 'anonymous') and kind not in ('ordinal', 'score')
    group by is_anonymous
    order by is_anonymous
""")
hedged.show()

# %% [markdown]
# ## One figure over time
#
# The figure that changed most from its first step to its last, with who gave each step and the sentence that proves it. A toll
# that rises is an update; two firm figures of two sources for one day would be a conflict.

# %%
warehouse.execute("""
    create temp table changed as
    select
        series,
        topic,
        subject_name,
        arg_min(value, step) as first_value,
        arg_max(value, step) as last_value,
        last_value / first_value as times
    from mart.figure_timeline
    group by series, topic, subject_name
    having count(*) filter (where relation = 'update') > 0 and first_value > 0
""")
warehouse.sql("select * exclude series from changed order by times desc").show()
warehouse.sql("""
    select step, as_of_last as as_of, figure, bound, relation, speaker, evidence
    from mart.figure_timeline
    where series = (select series from changed order by times desc, series limit 1)
    order by step
""").show(max_width=160)

# %% [markdown]
# ## Does each of them stand where the warehouse says?
#
# Every fact has its characters. A figure that is not in the text there would show up here; no load passes with one.

# %%
checked, untrue = warehouse.sql("""
    select count(*), count(*) filter (where a.text[f.start + 1 : f."end"] <> f.figure)
    from mart.figures f
    join core.articles a using (version_id)
""").fetchone() or (0, 0)
print(f"{checked} figures looked up in their texts, {untrue} not there.")
