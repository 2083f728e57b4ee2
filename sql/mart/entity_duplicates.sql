-- Entities that may be one, with what speaks for it, the likeliest first. `dateline entity merge` makes them one, `dateline
--   entity apart` keeps them apart.
-- kind: table
-- grain: entity_id, other_id
-- entity_id: The one that more articles name
-- other_id: The other
-- name: Name of the one
-- other_name: Name of the other
-- type: OntoNotes name type of the one
-- likeness: Jaro-Winkler similarity of the names, 0 to 1
-- evidence: What they have in common: surname, spelling, initials, type
-- shared: Entities that are named in one sentence with each of the two
-- articles: Articles that name the one
-- other_articles: Articles that name the other
-- score: The higher, the likelier
with named as (
    select
        entity_id,
        name,
        type,
        articles,
        mentions,
        regexp_replace(strip_accents(lower(name)), '[^\p{L}\p{N}]+', ' ', 'g') as plain
    from core.entities
    where not is_hidden and type in ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'EVENT') and length(name) >= 3
),
-- Only names that share a rare enough word, the same letters or the same beginning are compared.
blocks as (
    select entity_id, 'word ' || unnest(list_distinct(list_filter(string_split(plain, ' '), lambda w: length(w) >= 4))) as block
    from named
    union all
    select entity_id, 'letters ' || replace(plain, ' ', '') from named
    union all
    select entity_id, 'begin ' || replace(plain, ' ', '')[1:7] from named where length(plain) >= 8
    union all
    select e.entity_id, 'letters ' || i.letters
    from core.initials i
    join (select distinct mention_id, entity_id from core.article_entities where is_latest) e using (mention_id)
    where length(i.letters) >= 2 and e.entity_id in (select entity_id from named)
),
telling as (
    select distinct entity_id, block from blocks qualify count(*) over (partition by block) <= 15
),
pairs as materialized (
    select a.entity_id, b.entity_id as other_id, bool_or(a.block like 'letters %') as same_initials
    from telling a
    join telling b on b.block = a.block and b.entity_id > a.entity_id
    group by all
),
compared as (
    select
        if(a.articles >= b.articles, a, b) as one,
        if(a.articles >= b.articles, b, a) as other,
        jaro_winkler_similarity(a.plain, b.plain) as likeness,
        string_split(a.plain, ' ')[-1] = string_split(b.plain, ' ')[-1] and a.type = 'PERSON' as same_surname,
        string_split(a.plain, ' ')[1] as first_a,
        string_split(b.plain, ' ')[1] as first_b,
        replace(a.plain, ' ', '') = replace(b.plain, ' ', '') as same_letters,
        len(string_split(a.plain, ' ')) as words_a,
        len(string_split(b.plain, ' ')) as words_b,
        p.same_initials
    from pairs p
    join named a on a.entity_id = p.entity_id
    join named b on b.entity_id = p.other_id
),
likely as materialized (
    select
        *,
        case
            when same_letters then 'spelling'
            when same_initials then 'initials'
            when same_surname and one.type = other.type
                and (words_a = 1 or words_b = 1 or first_a[1] = first_b[1]) then 'surname'
            when likeness >= 0.92 and one.type = other.type then 'spelling'
        end as evidence
    from compared
),
company as (
    select entity_a as entity_id, entity_b as other_id from mart.entity_pairs
    union all
    select entity_b, entity_a from mart.entity_pairs
),
-- One step after the other: who is named with the one, and which of them with the other too. Left to itself, DuckDB may
-- begin with all pairs of pairs.
beside as materialized (
    select l.one.entity_id as entity_id, l.other.entity_id as other_id, c.other_id as third
    from likely l
    join company c on c.entity_id = l.one.entity_id
    where l.evidence is not null
),
shared as (
    select b.entity_id, b.other_id, count(*) as shared
    from beside b
    join company c on c.entity_id = b.other_id and c.other_id = b.third
    group by all
)
select
    l.one.entity_id as entity_id,
    l.other.entity_id as other_id,
    l.one.name as name,
    l.other.name as other_name,
    l.one.type as type,
    l.likeness,
    l.evidence || if(l.one.type = l.other.type, '', ', types differ') as evidence,
    coalesce(s.shared, 0) as shared,
    l.one.articles as articles,
    l.other.articles as other_articles,
    l.likeness + 0.2 * ln(1 + coalesce(s.shared, 0)) + if(l.same_letters, 0.3, 0) as score
from likely l
left join shared s on s.entity_id = l.one.entity_id and s.other_id = l.other.entity_id
anti join meta.rules r
    on r.what = 'apart'
    and (
        (r.entity_id = l.one.entity_id and r.part = l.other.entity_id)
        or (r.entity_id = l.other.entity_id and r.part = l.one.entity_id)
    )
where l.evidence is not null
order by score desc, entity_id, other_id
