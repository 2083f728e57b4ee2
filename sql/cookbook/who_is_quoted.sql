-- Who is quoted most, who is named and who is not, and in how many papers?
select
    speaker,
    named,
    quotes,
    direct,
    figures,
    publishers
from mart.speakers
order by quotes desc, figures desc, speaker
limit 20;
