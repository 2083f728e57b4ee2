-- Made-up articles from number `first` up to `last`, and their facts, into the tables that the lake is loaded into.
-- What they are made of is counted on 541 articles of the dev sets. An article has 20 sentences of one form whose parts
-- have fixed widths, so that offsets follow from numbers: 20 quantities, 50 mentions of 18 names, 40 pairs of names in one
-- sentence (counted: 14, 40, 18 and 37). Few names have most mentions, and there are always new ones: the vocabulary grows
-- with the power of the articles that is counted (people and bodies 0.88, places 0.66, things counted 0.9). News comes in
-- stories of about eight articles within two days, which share people, bodies, places and things counted; of ten articles
-- one is a newer version of another and one a copy of it.

-- A name by its rank among those there are once `n` articles are there. The ranks are drawn by a power law, so that the
-- first of them has the share of all mentions that was counted.
create or replace temp macro ranked(n, c, power, h) as
    (c * pow(n + 1000, power) * pow((h % 1000000) / 1000000, 4))::bigint;
create or replace temp macro story(i) as (i - least(i, 43200) * pow((hash(i, 'lag') % 1000000) / 1000000, 2))::bigint // 8;
-- Of what: one of so many of the article's story, or (one in seven) anybody.
create or replace temp macro who(i, s, what, members, c, power) as if(
    hash(i, s, what) % 7 = 0,
    ranked(i, c, power, hash(i, s, what, 'any')),
    ranked(8 * story(i), c, power, hash(story(i), what, hash(i, s, what, 'member') % members))
);
create or replace temp macro captured(i) as timestamptz '2026-01-01 00:00:00+00' + interval (4 * i) second;
create or replace temp macro shard(name, i) as name || '/' || (i // 500);
create or replace temp macro article(i) as 'a' || if(i % 10 = 7, i - 5, i);
create or replace temp macro id(class, name) as class || ':' || replace(lower(name), ' ', '-');
create or replace temp macro word(h) as
    chr((65 + (h % 26))::int) || 'aeiou'[1 + ((h >> 5) % 5)::int] || 'bdfgklmnprstvz'[1 + ((h >> 8) % 14)::int]
    || 'aeiou'[1 + ((h >> 12) % 5)::int] || 'bdfgklmnprstvz'[1 + ((h >> 16) % 14)::int]
    || 'aeiou'[1 + ((h >> 20) % 5)::int] || 'lmnrst'[1 + ((h >> 24) % 6)::int];
-- A place: the first ranks are countries, which have ids of their own.
create or replace temp table countries as
    select row_number() over (order by hash(code)) - 1 as rank, entity_id, name
    from (select code, min(entity_id) as entity_id, min(name) as name from ref.territories where is_country group by code)
    limit 60;

create or replace temp table drafts as
with texts as (
    -- a newer version of an article has four of its sentences rewritten
    select i, s, if(i % 10 = 7 and s >= 4, i - 5, i) as "of"
    from range(getvariable('first'), getvariable('last')) a(i)
    cross join range(20) b(s)
),
drawn as (
    select
        i,
        s,
        who("of", s, 'person', 4, 7, 0.88) as person,
        who("of", s, 'body', 3, 6, 0.88) as body,
        who("of", s, 'place', 4, 12, 0.66) as place,
        who("of", s, 'noun', 6, 2, 0.9) as noun,
        hash("of", s, 'post') % 20 = 0 as is_later,
        hash("of", s, 'kind') % 100 as sort,
        10000 + hash("of", s, 'figure') % 90000 as printed
    from texts
),
named as (
    select
        *,
        word(hash(person // 600, 'first')) || ' ' || word(hash(hash(person, 'last') % 200000)) as speaker,
        word(hash(body, 'body')) || ' Agency' as agency,
        word(hash(place, 'place')) || 'a' as town,
        if(noun < 12, [
            'soldiers', 'children', 'refugees', 'patients', 'students', 'families', 'visitors', 'hectares', 'officers',
            'vehicles', 'teachers', 'migrants'
        ][1 + noun], lower(word(hash(noun, 'noun'))) || 's') as thing,
        [
            'minister', 'director', 'governor', 'chairman', 'attorney', 'engineer', 'designer', 'musician', 'novelist',
            'reporter'
        ][1 + (hash(person, if(is_later, 'later', 'role')) % 10)::int] as post,
        case when sort < 55 then 'cardinal' when sort < 78 then 'money' else 'percent' end as kind,
        case
            when sort < 55 then format('{:,}', printed)
            when sort < 78 then format('${}.{}bn', printed // 10000, printed // 1000 % 10)
            else format('{:05.2f}%', printed / 1000)
        end as figure,
        case when sort < 55 then printed when sort < 78 then (printed // 1000) * 1e8 else round(printed / 1000, 2) end as meant
    from drawn
)
select
    n.*,
    printf('v%023d', i) as version_id,
    s * 129 as base,
    coalesce(c.entity_id, id('place', town)) as place_id,
    coalesce(c.name, town) as place_name,
    format(
        '{}{} said on Monday that {} {} had left {}, and that many others would follow.',
        speaker, if(s % 2 = 0, ' of the ' || agency, ', the acting ' || post || ','), figure, thing, town
    ) as sentence
from named n
left join countries c on c.rank = n.place;

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
    article(i) as article_id,
    any_value(version_id) as version_id,
    [any_value(speaker) filter (s = 0)] as authors,
    'Paper ' || hash(if(i % 10 = 7, i - 5, i), 'paper') % 2000 as publisher,
    'known' as zone,
    'en' as language,
    any_value(town) filter (s = 0) || ' counts ' || any_value(thing) filter (s = 0) || ', ' || i as title,
    string_agg(sentence, chr(10) || chr(10) order by s) as "text",
    [] as flags,
    captured(i) as captured_at,
    strftime(captured(i), '%Y-%m-%dT%H:%M:%S+00:00') as published_at,
    captured(i)::date as published_day,
    400 as words,
    -- a copy has most of the runs of words of what it is a copy of
    list_transform(range(25), lambda k: (hash(if(i % 10 = 3 and k < 20, i - 2, i), 'run', k) >> 3)::bigint) as fingerprint,
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
    base + length(sentence) as "end",
    sentence as "text",
    '1' as extractor_version,
    shard('facts/sentences', i) as shard
from drafts;

insert into facts.mentions by name
select
    version_id,
    s // 2 * 5 + if(s % 2 = 0, nth, 3 + nth // 2) as "index",
    s as sentence,
    base + start as start,
    base + start + length(printed_name) as "end",
    printed_name as "text",
    type,
    entity_id,
    name,
    '1' as extractor_version,
    shard('facts/mentions', i) as shard
from (
    select
        version_id, i, s, base, nth,
        [0, 23, 83][1 + nth] as start,
        [speaker, agency, town][1 + nth] as printed_name,
        [speaker, agency, place_name][1 + nth] as name,
        ['PERSON', 'ORG', 'GPE'][1 + nth] as type,
        [id('person', speaker), id('org', agency), place_id][1 + nth] as entity_id
    from drafts
    cross join range(3) m(nth)
    where s % 2 = 0 or nth <> 1
);

insert into facts.roles by name
select
    version_id,
    s // 2 as "index",
    s as sentence,
    base + 17 as start,
    base + 36 as "end",
    'the acting ' || post as "text",
    'role' as kind,
    s // 2 * 5 + 3 as mention,
    'the acting ' || post as name,
    '1' as extractor_version,
    shard('facts/roles', i) as shard
from drafts
where s % 4 = 1;

insert into facts.quantities by name
select
    version_id,
    s as "index",
    s as sentence,
    base + 58 as start,
    base + 64 as "end",
    figure as "text",
    kind,
    meant as "value",
    meant as low,
    meant as high,
    false as approx,
    if(kind = 'money', 'dollar', if(kind = 'percent', 'percentage', null)) as unit,
    if(kind = 'money', 'USD', null) as currency,
    -- three in ten figures count something, most others describe something
    if(sort < 31, thing, null) as counted,
    if(sort < 31, base + 65, null) as counted_start,
    if(sort < 31, base + 73, null) as counted_end,
    if(sort >= 31 and sort % 3 > 0, thing, null) as about,
    if(sort >= 31 and sort % 3 > 0, base + 65, null) as about_start,
    if(sort >= 31 and sort % 3 > 0, base + 73, null) as about_end,
    '1' as extractor_version,
    shard('facts/quantities', i) as shard
from drafts;

insert into facts.times by name
select
    version_id,
    s // 2 as "index",
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
from drafts
where s % 2 = 0;

insert into facts.quotes by name
select
    version_id,
    s as "index",
    s as sentence,
    base + 58 as start,
    base + length(sentence) - 1 as "end",
    sentence[59 : length(sentence) - 1] as "text",
    if(s % 3 = 0, 'direct', 'indirect') as kind,
    'said' as cue,
    base + 38 as cue_start,
    base + 42 as cue_end,
    sentence[1 : 37] as speaker,
    base as speaker_start,
    base + 37 as speaker_end,
    id('person', speaker) as speaker_id,
    speaker as speaker_name,
    'official' as source_type,
    'named_person' as source_kind,
    '1' as extractor_version,
    shard('facts/quotes', i) as shard
from drafts
where s % 3 < 2;

insert into facts.claims by name
select
    version_id,
    s as "index",
    s as quantity,
    if(s % 5 = 0, speaker, null) as speaker_name,
    if(s % 5 = 0, sentence[1 : 37], null) as speaker,
    if(s % 5 = 0, 'said', null) as cue,
    if(s % 5 = 0, 'official', 'author') as source_type,
    if(hash(i, s, 'hedge') % 12 = 0, 'expected', 'asserted') as hedge,
    false as negated,
    captured(i)::date as as_of_first,
    captured(i)::date + if(hash(i, s, 'hedge') % 24 = 0, 365, 0) as as_of_last,
    s as sentence,
    '1' as extractor_version,
    shard('facts/claims', i) as shard
from drafts;

insert into meta.shards ("table", day, shard, path)
select distinct t, captured(i - i % 500)::date, i // 500, shard(t, i)
from drafts
cross join (
    select unnest([
        'raw/captures', 'clean/articles', 'facts/sentences', 'facts/mentions', 'facts/roles', 'facts/quantities',
        'facts/times', 'facts/quotes', 'facts/claims'
    ]) as t
)
where s = 0;
