-- Whether a phrase has a word that begins like this one, whatever the case; an English plural finds its singular too.
-- phrase: The text to look in
-- word: The word or words to look for
create or replace macro has_word(phrase, word) as
    case
        when contains(lower(phrase), lower(if(length(word) > 3, regexp_replace(word, 's$', ''), word)))
            then regexp_matches(
                phrase,
                '(?i)(^|[^\p{L}\p{N}])' || regexp_escape(if(length(word) > 3, regexp_replace(word, 's$', ''), word))
            )
        else false
    end;
