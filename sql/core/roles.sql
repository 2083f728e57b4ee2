-- What people are said to be, in the words beside their names: "President Ann Lee", "Ann Lee, a former goalkeeper".
-- kind: sliced
-- grain: version_id, mention_id, role
-- version_id: The article version
-- mention_id: `entity_id` of the person as extraction gives it
-- role: The words, without article, in lower case but for names
-- word: The noun among them that says it
-- field: Walk of life of that noun: public, business, sport, arts, media, science, religion, private; any where it does
--   not tell
with said as (
    select distinct r.version_id, m.entity_id, string_split(r.text, ' ') as words, r."end" + 1 = m.start as ends_it
    from facts.roles r
    join facts.mentions m on m.version_id = r.version_id and m."index" = r.mention
    where r.kind in ('title', 'role')
),
-- Right before a name the noun is the last word; behind it, the first word that is such a noun.
placed as (
    select *, generate_subscripts(words, 1) as place, rtrim(lower(unnest(words)), '.') as word
    from said
    where not ends_it
),
nouns as (
    select w.version_id, w.entity_id, w.words, r.word, r.field, true as ends_it
    from said w
    join ref.roles r on r.word = rtrim(lower(w.words[-1]), '.')
    where w.ends_it
    union all
    (
        select p.version_id, p.entity_id, p.words, r.word, r.field, false
        from placed p
        join ref.roles r using (word)
        qualify row_number() over (partition by version_id, entity_id, words order by place) = 1
    )
),
phrased as (
    select
        version_id,
        entity_id,
        word,
        field,
        if(
            ends_it,
            -- Capitals and the like before the noun belong to it; what comes before them does not.
            regexp_extract(
                array_to_string(words, ' '),
                '((?:(?:\p{Lu}[\p{L}\p{N}.''’-]*|former|ex|vice|deputy|prime|foreign|chief|senior|acting|then|interim|retired) )*\S+)$', 1
            ),
            regexp_replace(array_to_string(words, ' '), '(?i)^(?:an?|the|its|his|her|their) ', '')
        ) as role
    from nouns
)
select
    version_id,
    entity_id as mention_id,
    role,
    min(word) as word,
    min(field) as field
from phrased
where role <> ''
group by all
order by all
