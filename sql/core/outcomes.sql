-- What became of each capture: exactly one of article, new_version, duplicate and reject.
-- kind: table
-- grain: capture_id
-- capture_id: The capture
-- outcome: `article`: the first version of an article; `new_version`: another text or title of an article that was there;
--   `duplicate`: a version that was there already; `reject`: no article came out of it; `waiting`: it has not been
--   cleaned yet; null: it was lost on the way, which a check forbids
-- reason: Why it was rejected; null otherwise
-- version_id: The version that it gave or repeats; null for a reject
-- captured_at: When it was captured (UTC)
-- source: Where it came from: path of the file, `#L12` for a line of a JSONL file
-- url: Web address the document is said to come from
-- media_type: What the bytes are, told by their content
select
    c.capture_id,
    case
        when v.capture_id is not null then if(v.version = 1, 'article', 'new_version')
        when a.capture_id is not null then 'duplicate'
        when r.capture_id is not null then 'reject'
        when cleaned.shard is null then 'waiting'
    end as outcome,
    if(a.capture_id is null, r.reason, null) as reason,
    a.version_id,
    c.captured_at,
    c.source,
    c.url,
    c.media_type
from raw.captures c
left join clean.articles a using (capture_id)
left join core.articles v using (capture_id)
left join clean.rejects r using (capture_id)
left join meta.shards s on s.path = c.shard
left join (
    select distinct day, shard
    from meta.shards
    where "table" in ('clean/articles', 'clean/rejects')
) cleaned on cleaned.day = s.day and cleaned.shard = s.shard
order by c.captured_at, c.capture_id
