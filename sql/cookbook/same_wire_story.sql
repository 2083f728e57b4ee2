-- Which papers ran the same agency's story: articles that share three long sentences or more?
with sentences as (
    select distinct
        a.version_id,
        a.publisher,
        a.title,
        a.wire,
        a.day,
        s.text
    from core.articles a
    join facts.sentences s using (version_id)
    where a.is_latest and length(s.text) > 40
)
select
    one.day,
    coalesce(one.wire, other.wire) as wire,
    one.publisher as publisher_a,
    other.publisher as publisher_b,
    one.title as title_a,
    other.title as title_b,
    count(*) as sentences_shared
from sentences one
join sentences other on other.text = one.text and other.version_id > one.version_id
group by all
having count(*) >= 3
order by sentences_shared desc, title_a, title_b;
