-- What people are said to be, in the words beside their names: "President Ann Lee", "Ann Lee, a former goalkeeper".
-- kind: table
-- grain: version_id, mention_id, role
-- version_id: The article version
-- mention_id: `entity_id` of the person as extraction gives it
-- role: The words, without article, in lower case but for names
-- word: The noun among them that says it
-- field: Walk of life of that noun: public, business, sport, arts, media, science, religion, private; any where it does
--   not tell
with beside as (
    select
        m.version_id,
        m.entity_id,
        regexp_extract(s.text[greatest(m.start - s.start - 80, 1) : m.start - s.start], '((?:[\p{L}\p{N}][\p{L}\p{N}.''’-]* ){1,4})$', 1) as before,
        regexp_extract(
            s.text[m."end" - s.start + 1 : m."end" - s.start + 100], '^, (?:who (?:is|was) )?((?:an?|the|its|his|her|their|former) [^,.;:()«»"“”]{3,70})', 1
        ) as after
    from facts.mentions m
    join facts.sentences s on s.version_id = m.version_id and s."index" = m.sentence
    where m.type = 'PERSON'
),
-- Right before a name the noun is the last word; behind it, the first word that is such a noun.
worded as (
    select distinct version_id, entity_id, string_split(trim(before), ' ') as words
    from beside
    where before <> ''
),
behind as (
    select distinct version_id, entity_id, string_split(trim(after), ' ') as words
    from beside
    where after <> ''
),
placed as (
    select *, generate_subscripts(words, 1) as place, rtrim(lower(unnest(words)), '.') as word
    from behind
),
nouns as (
    select w.version_id, w.entity_id, w.words, r.word, r.field, true as ends_it
    from worded w
    join ref.roles r on r.word = rtrim(lower(w.words[-1]), '.')
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
            regexp_replace(array_to_string(words, ' '), '^(?:an?|the|its|his|her|their) ', '')
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
