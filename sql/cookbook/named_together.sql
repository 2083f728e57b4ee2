-- Who is named together with whom, in one sentence?
select
    name_a,
    name_b,
    sentences,
    articles,
    example
from mart.entity_pairs
where type_a in ('PERSON', 'ORG') and type_b in ('PERSON', 'ORG')
order by sentences desc, entity_a, entity_b
limit 20;
