-- Which targets have fallen due, who gave them, and when?
select
    due_last,
    figure,
    coalesce(counted, about) as what,
    speaker,
    given_on,
    deadline,
    evidence
from mart.promises
where is_past and not negated
order by due_last desc, given_on desc, version_id, quantity
limit 20;
