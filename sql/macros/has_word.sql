-- Whether a phrase has a word that begins like this one, whatever the case; an English plural finds its singular too.
-- phrase: The text to look in
-- sought: The word or words to look for
create or replace macro has_word(phrase, sought) as
    case
        when trim(regexp_replace(sought, '[^\p{L}\p{N}]+', ' ', 'g')) = '' then false
        when contains(lower(phrase), lower(if(length(sought) > 3, regexp_replace(sought, 's$', ''), sought)))
            then contains(
                ' ' || regexp_replace(lower(phrase), '[^\p{L}\p{N}]+', ' ', 'g'),
                ' ' || trim(
                    regexp_replace(
                        lower(if(length(sought) > 3, regexp_replace(sought, 's$', ''), sought)), '[^\p{L}\p{N}]+', ' ', 'g'
                    )
                )
            )
        else false
    end;
