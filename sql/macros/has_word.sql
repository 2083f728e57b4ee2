-- Whether a phrase has a word that begins like this one, whatever the case; an English plural finds its singular too.
-- phrase: The text to look in
-- word: The word or words to look for
create or replace macro has_word(phrase, word) as
    case
        when trim(regexp_replace(word, '[^\p{L}\p{N}]+', ' ', 'g')) = '' then false
        when contains(lower(phrase), lower(if(length(word) > 3, regexp_replace(word, 's$', ''), word)))
            then contains(
                ' ' || regexp_replace(lower(phrase), '[^\p{L}\p{N}]+', ' ', 'g'),
                ' ' || trim(
                    regexp_replace(
                        lower(if(length(word) > 3, regexp_replace(word, 's$', ''), word)), '[^\p{L}\p{N}]+', ' ', 'g'
                    )
                )
            )
        else false
    end;
