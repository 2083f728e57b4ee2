"""The table gives every token what the lemmatizer gives it."""

from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.tokens import Doc

from pipelines.extract import model
from pipelines.extract.lemmas import from_table

WORDS = ["Left", "left", "better", "Ferries", "mice", "ran", "'s", "was", "\n\n", "3", "axes", "an", "Olsavas", "-"]
PARTS = ["NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "PRON", "SPACE", "NUM", "DET", "PUNCT"]
FORMS = ["", "Number=Plur", "Number=Sing", "VerbForm=Inf", "Tense=Past|VerbForm=Fin", "Degree=Pos", "Degree=Cmp"]
TOKENS = st.tuples(
    st.sampled_from(WORDS), st.sampled_from(PARTS), st.sampled_from(FORMS), st.sampled_from(["", "", "given"])
)


@given(tokens=st.lists(TOKENS, max_size=9))
def test_any_words_parts_of_speech_and_forms(tokens: list[tuple[str, str, str, str]]) -> None:
    nlp = model.load()
    lemmatizer = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, EnglishLemmatizer)
    words, pos, morphs, lemmas = ([t[i] for t in tokens] for i in range(4))
    made = [Doc(nlp.vocab, words=words, pos=pos, morphs=morphs, lemmas=lemmas) for _ in range(2)]
    assert [t.lemma_ for t in from_table(lemmatizer)(made[0])] == [t.lemma_ for t in lemmatizer(made[1])]


def test_other_lemmatizers_stay() -> None:
    lemmatizer = EnglishLemmatizer(model.load().vocab, None, mode="rule", overwrite=True)
    assert from_table(lemmatizer) is lemmatizer
