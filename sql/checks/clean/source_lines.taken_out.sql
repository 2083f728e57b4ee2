-- A line that is said to be taken out of an article does not stand in it.
-- severity: blocking
select
    l.capture_id,
    l.line,
    l.text
from clean.source_lines l
join clean.articles a using (capture_id)
where l.taken_out and list_contains(string_split(a.text, chr(10) || chr(10)), l.text)
