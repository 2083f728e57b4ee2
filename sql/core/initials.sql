-- The initials of names of several words, with and without their small words.
-- kind: table
-- grain: mention_id, letters
-- tracked: mention_id
-- mention_id: A name, `entity_id` as extraction gives it
-- letters: Its initials
with worded as (
    select distinct mention_id, string_split(string_split(mention_id, ':')[2], '-') as words
    from core.named
    where regexp_matches(mention_id, '^(org|event|law):[^-]+-.*[^-]{3}')
),
listed as (
    select mention_id, words from worded
    union
    select mention_id, list_filter(words, lambda w: w not in ('of', 'the', 'and', 'for', 'in', 'on', 'to', 'de', 'la', 'del', 'du', 'des'))
    from worded
)
select distinct mention_id, array_to_string(list_transform(words, lambda w: w[1]), '') as letters
from listed
where len(words) >= 2
order by all
