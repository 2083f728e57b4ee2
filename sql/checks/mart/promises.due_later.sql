-- A target is due after it was given, and its time does not end before it begins.
-- severity: warn
select
    version_id,
    quantity,
    given_on,
    due_first,
    due_last
from mart.promises
where due_last <= given_on or due_first > due_last or due_last is null
