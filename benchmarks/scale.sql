-- Made-up articles from number `first` up to `last`, and their facts, into the tables that the lake is loaded into.
-- An article has ten sentences of one form whose parts have fixed widths (name 15, body 14, town 8, noun 8, figure 6), so
-- that offsets follow from numbers: 20 quantities and 50 mentions, as real articles have. Few names have most mentions.
create or replace temp macro few(total, i, s, salt) as (total * pow((hash(i, s, salt) % 1000000) / 1000000, 4))::bigint;
create or replace temp macro captured(i) as timestamptz '2026-01-01 00:00:00+00' + interval (4 * i) second;
create or replace temp macro shard(name, i) as name || '/' || (i // 500);
create or replace temp macro id(class, name) as class || ':' || replace(lower(name), ' ', '-');
create or replace temp macro word(h) as
    chr((65 + (h % 26))::int) || 'aeiou'[1 + ((h >> 5) % 5)::int] || 'bdfgklmnprstvz'[1 + ((h >> 8) % 14)::int]
    || 'aeiou'[1 + ((h >> 12) % 5)::int] || 'bdfgklmnprstvz'[1 + ((h >> 16) % 14)::int]
    || 'aeiou'[1 + ((h >> 20) % 5)::int] || 'lmnrst'[1 + ((h >> 24) % 6)::int];

create or replace temp table drafts as
with drawn as (
    select
        i,
        s,
        few(300000, i, s, 'person') as person,
        word(hash(person // 600, 'first')) || ' ' || word(hash(person, 'last')) as speaker,
        word(hash(few(100000, i, s, 'body'), 'body')) || ' Agency' as agency,
        word(hash(few(30000, i, s, 'from'), 'town')) || 'a' as origin,
        word(hash(few(30000, i, s, 'to'), 'town')) || 'a' as goal,
        word(hash(few(30000, i, s, 'near'), 'town')) || 'a' as near,
        10000 + hash(i, s, 'figure') % 90000 as figure,
        10000 + hash(i, s, 'before') % 90000 as before,
        [
            'soldiers', 'children', 'refugees', 'patients', 'students', 'families', 'visitors', 'hectares', 'officers',
            'vehicles', 'teachers', 'migrants'
        ][1 + (hash(i, s, 'noun') % 12)::int] as noun
    from range(getvariable('first'), getvariable('last')) a(i)
    cross join range(10) b(s)
)
select
    *,
    printf('v%023d', i) as version_id,
    s * 144 as base,
    format(
        '{} of the {} said on Monday that {:,} {} had left {} for {} near {}, up from {:,} in May.',
        speaker, agency, figure, noun, origin, goal, near, before
    ) as sentence
from drawn;

insert into raw.captures by name
select
    'c' || i as capture_id,
    's' || i as sha256,
    'text/html' as media_type,
    'news.warc#' || i as source,
    'https://paper-' || hash(i, 'paper') % 2000 || '.example/' || i as url,
    captured(i) as captured_at,
    shard('raw/captures', i) as shard
from drafts
where s = 0;

insert into clean.articles by name
select
    'c' || i as capture_id,
    'a' || i as article_id,
    any_value(version_id) as version_id,
    [any_value(speaker) filter (s = 0)] as authors,
    'Paper ' || hash(i, 'paper') % 2000 as publisher,
    'known' as zone,
    'en' as language,
    any_value(origin) filter (s = 0) || ' counts ' || any_value(noun) filter (s = 0) || ', ' || i as title,
    string_agg(sentence, chr(10) || chr(10) order by s) as "text",
    [] as flags,
    captured(i) as captured_at,
    strftime(captured(i), '%Y-%m-%dT%H:%M:%S+00:00') as published_at,
    captured(i)::date as published_day,
    210 as words,
    list_transform(range(25), lambda k: (hash(i, 'run', k) >> 3)::bigint) as fingerprint,
    'utf-8' as encoding,
    '1' as cleaner_version,
    shard('clean/articles', i) as shard
from drafts
group by i;

insert into facts.sentences by name
select
    version_id,
    s as "index",
    base as start,
    base + 142 as "end",
    sentence as "text",
    '1' as extractor_version,
    shard('facts/sentences', i) as shard
from drafts;

insert into facts.mentions by name
select
    version_id,
    s * 5 + nth as "index",
    s as sentence,
    base + start as start,
    base + start + length(name) as "end",
    name as "text",
    kind as "type",
    id(class, name) as entity_id,
    name,
    '1' as extractor_version,
    shard('facts/mentions', i) as shard
from drafts,
lateral (
    values
        (0, 0, speaker, 'PERSON', 'person'),
        (1, 23, agency, 'ORG', 'org'),
        (2, 83, origin, 'GPE', 'place'),
        (3, 96, goal, 'GPE', 'place'),
        (4, 110, near, 'GPE', 'place')
) m(nth, start, name, kind, class);

insert into facts.quantities by name
select
    version_id,
    s * 2 + nth as "index",
    s as sentence,
    base + start as start,
    base + start + 6 as "end",
    format('{:,}', printed) as "text",
    'cardinal' as kind,
    printed as "value",
    printed as low,
    printed as high,
    false as approx,
    noun as counted,
    base + 65 as counted_start,
    base + 73 as counted_end,
    '1' as extractor_version,
    shard('facts/quantities', i) as shard
from drafts,
lateral (values (0, 58, figure), (1, 128, before)) q(nth, start, printed);

insert into facts.times by name
select
    version_id,
    s as "index",
    s as sentence,
    base + 46 as start,
    base + 52 as "end",
    'Monday' as "text",
    'DATE' as "type",
    strftime(captured(i), '%Y-%m-%d') as "value",
    captured(i)::date as first_day,
    captured(i)::date as last_day,
    '1' as extractor_version,
    shard('facts/times', i) as shard
from drafts;

insert into facts.quotes by name
select
    version_id,
    s as "index",
    s as sentence,
    base + 58 as start,
    base + 141 as "end",
    sentence[59:141] as "text",
    'indirect' as kind,
    'said' as cue,
    base + 38 as cue_start,
    base + 42 as cue_end,
    speaker || ' of the ' || agency as speaker,
    base as speaker_start,
    base + 37 as speaker_end,
    id('person', speaker) as speaker_id,
    speaker as speaker_name,
    '1' as extractor_version,
    shard('facts/quotes', i) as shard
from drafts;

insert into facts.claims by name
select
    version_id,
    s * 2 + nth as "index",
    s * 2 + nth as quantity,
    speaker as speaker_name,
    speaker || ' of the ' || agency as speaker,
    'said' as cue,
    'official' as source_type,
    'asserted' as hedge,
    false as negated,
    captured(i)::date as as_of_first,
    captured(i)::date as as_of_last,
    s as sentence,
    '1' as extractor_version,
    shard('facts/claims', i) as shard
from drafts
cross join range(2) r(nth);

insert into meta.shards ("table", day, shard, path)
select distinct t, captured(i - i % 500)::date, i // 500, shard(t, i)
from drafts
cross join (
    select unnest([
        'raw/captures', 'clean/articles', 'facts/sentences', 'facts/mentions', 'facts/quantities', 'facts/times',
        'facts/quotes', 'facts/claims'
    ]) as t
)
where s = 0;
