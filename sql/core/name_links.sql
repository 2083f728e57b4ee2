-- Names that stand for another name in every article: an acronym that the articles that spell it out agree on, a
--   person's name with an initial or a generation (Jr.) that only one person of that name has, a short form or another
--   spelling of a given name ("Greg" for "Gregory") in the same company, and a name of several words that was taken for
--   another class of name than in most articles.
-- kind: table
-- grain: mention_id
-- tracked: mention_id
-- mention_id: The name, `entity_id` as extraction gives it
-- full_id: The name that it stands for
-- why: acronym, initial, form or type
-- articles: Articles that show it
with spelt_out as (
    select l.mention_id, l.full_id, n.article_id
    from core.acronym_links l
    join core.named n using (version_id, mention_id)
    union
    -- Extraction knows a body by its acronym, too, where the article spells it out: "U.N." is written un or u-n in ids.
    select 'org:' || unnest([letters, regexp_replace(letters, '(.)\B', '\1-', 'g')]), entity_id, article_id
    from (
        select distinct lower(regexp_replace(m.text, '[^A-Z]', '', 'g')) as letters, m.entity_id, a.article_id
        from facts.mentions m
        join core.articles a using (version_id)
        where m.entity_id like 'org:%-%' and length(m.text) <= 8 and regexp_matches(m.text, '^[A-Z][A-Z.&]+$')
    )
    where length(letters) >= 2 and entity_id not in ('org:' || letters, 'org:' || regexp_replace(letters, '(.)\B', '\1-', 'g'))
),
acronyms as (
    select mention_id, full_id, count(distinct article_id) as articles
    from spelt_out
    group by all
),
-- One article that spells NBC out does not tell what the many mean that do not: theirs is the better known.
alone as (
    select mention_id, count(distinct article_id) as articles
    from core.named
    where mention_id in (select mention_id from acronyms)
        and (mention_id, article_id) not in (select (mention_id, article_id) from spelt_out)
    group by mention_id
),
agreed as (
    select a.mention_id, a.full_id, a.articles
    from acronyms a
    left join alone o using (mention_id)
    where 2 * a.articles > coalesce(o.articles, 0)
    qualify a.articles >= 0.8 * sum(a.articles) over (partition by a.mention_id)
),
people as (
    select
        mention_id,
        count(distinct article_id) as articles,
        regexp_extract(mention_id, '-(jr|sr|ii|iii|iv)$', 1) as generation,
        string_split(regexp_replace(string_split(mention_id, ':')[2], '-(jr|sr|ii|iii|iv)$', ''), '-') as words
    from core.named
    where mention_id like 'person:%-%'
    group by mention_id
    -- The letter of "O'Neill" is no initial.
    having not bool_or(regexp_matches(name, '[''’]'))
),
plain as (
    select
        mention_id,
        articles,
        generation,
        array_to_string(list_filter(words[2:], lambda w: length(w) = 1), '-') as initials,
        'person:' || words[1] || '-'
        || array_to_string(list_filter(words[2:], lambda w: length(w) > 1), '-') as full_id
    from people
    where len(words) > 1 and length(words[1]) > 1 and length(words[-1]) > 1
),
-- "John A. Lund" and "John B. Lund" are two, and so are "John Lund Jr." and "John Lund Sr."
initials as (
    select mention_id, full_id, articles
    from plain
    qualify count(distinct nullif(initials, '')) over (partition by full_id) <= 1
        and count(distinct nullif(generation, '')) over (partition by full_id) <= 1
        and mention_id <> full_id
),
-- "Greg Lund" and "Gregory Lund", "Barnet" and "Barnett"; "Chris Lund" may be Christine or Christian.
given as (
    select p.mention_id, p.articles, p.words[1] as own, array_to_string(p.words[2:], '-') as rest, coalesce(f.name, p.words[1]) as form
    from people p
    left join ref.given_forms f on f.short = p.words[1]
    where len(p.words) > 1 and length(p.words[1]) > 1 and length(p.words[-1]) > 1
),
written as (
    select
        mention_id,
        articles,
        own,
        rest,
        unnest(list_distinct([
            own,
            form,
            -- without doubled letters
            array_to_string(list_filter(string_split(form, ''), lambda c, i: i = 1 or c <> form[i - 1]), '')
        ])) as form
    from given
),
two_forms as (
    select distinct a.mention_id, b.mention_id as full_id, a.articles
    from written a
    join written b on b.rest = a.rest and b.form = a.form
    where a.own <> b.own and (b.articles, a.mention_id) > (a.articles, b.mention_id)
        and b.mention_id not in (select mention_id from initials)
),
company as (
    select distinct n.mention_id, o.mention_id as other_id
    from core.named n
    join core.named o using (version_id)
    where n.mention_id in (select mention_id from two_forms union all select full_id from two_forms)
        and regexp_matches(o.mention_id, '^(person|org|event):')
),
-- Who stands in one article under both names is two people; two others of their company tell that it is one.
in_company as (
    select f.mention_id, f.full_id, f.articles
    from two_forms f
    join company a on a.mention_id = f.mention_id
    join company b on b.mention_id = f.full_id and b.other_id = a.other_id
    group by all
    having count(distinct a.other_id) >= 2 and not bool_or(a.other_id in (f.mention_id, f.full_id))
),
forms as (
    select *
    from in_company
    where full_id not in (select mention_id from in_company)
    qualify count(*) over (partition by mention_id) = 1
),
spelt as (
    select mention_id, string_split(mention_id, ':')[2] as spelling, count(distinct article_id) as articles
    from core.named
    where regexp_matches(mention_id, ':.+-')
    group by mention_id
),
classed as (
    select
        mention_id,
        articles,
        first_value(mention_id) over of_name as full_id,
        first_value(articles) over of_name >= 3 * sum(articles) over (partition by spelling) / 4 as is_clear
    from spelt
    window of_name as (partition by spelling order by articles desc, mention_id)
),
found as (
    select mention_id, full_id, 'acronym' as why, articles, 1 as rank
    from agreed
    union all
    select mention_id, full_id, 'initial', articles, 2
    from initials
    union all
    select mention_id, full_id, 'form', articles, 3
    from forms
    union all
    select mention_id, full_id, 'type', articles, 4
    from classed
    where is_clear and mention_id <> full_id
)
select mention_id, full_id, why, articles
from found
qualify row_number() over (partition by mention_id order by rank) = 1
order by all
