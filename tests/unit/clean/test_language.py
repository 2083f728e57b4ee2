import py3langid
import pytest

from pipelines.clean.language import language

_TEXTS = {
    "en": (
        "The harbour board voted on Monday to widen the eastern basin, which would cost 3 million crowns, "
        "and said that they have asked the builders for their plans by the end of the year."
    ),
    "de": (
        "Der Hafenrat hat am Montag beschlossen, das östliche Becken zu verbreitern, was drei Millionen "
        "Kronen kosten wird, und die Bauleute bis Ende des Jahres um ihre Pläne gebeten."
    ),
    "nl": (
        "Het havenbestuur heeft maandag besloten het oostelijke bekken te verbreden, wat drie miljoen kronen "
        "kost, of de bouwers nu op tijd met hun plannen komen of niet; er was veel verzet."
    ),
    "fr": (
        "Le conseil du port a décidé lundi d'élargir le bassin de l'est, ce qui coûtera trois millions de "
        "couronnes, et il a demandé aux entrepreneurs leurs plans avant la fin de l'année."
    ),
    "es": (
        "La junta del puerto decidió el lunes ampliar la dársena oriental, que costará tres millones de "
        "coronas, y pidió a los constructores sus planos antes de que termine el año."
    ),
    "it": (
        "Il consiglio del porto ha deciso lunedì di allargare il bacino orientale, che costerà tre milioni "
        "di corone, e ha chiesto ai costruttori i loro progetti entro la fine dell'anno."
    ),
    "pt": (
        "O conselho do porto decidiu na segunda-feira alargar a doca oriental, que vai custar três milhões "
        "de coroas, e pediu aos construtores os seus planos até ao fim do ano."
    ),
    "sv": (
        "Hamnstyrelsen beslutade på måndagen att bredda den östra bassängen, vilket kommer att kosta tre "
        "miljoner kronor, och bad byggarna om deras planer före årets slut."
    ),
    "da": (
        "Havnebestyrelsen besluttede mandag at udvide det østlige bassin, som kommer til at koste tre "
        "millioner kroner, og bad entreprenørerne om deres planer inden årets udgang; det er for dyrt, siger "
        "mange."
    ),
    "pl": (
        "Rada portu postanowiła w poniedziałek poszerzyć wschodni basen, co będzie kosztować trzy miliony "
        "koron, i poprosiła budowniczych o plany do końca roku, bo to już ostatni termin."
    ),
    "fi": (
        "Satamalautakunta päätti maanantaina laajentaa itäistä allasta, mikä maksaa kolme miljoonaa kruunua, "
        "ja pyysi rakentajilta suunnitelmat vuoden loppuun mennessä, mutta he epäröivät."
    ),
    "hu": (
        "A kikötői tanács hétfőn úgy döntött, hogy kiszélesíti a keleti medencét, ami hárommillió koronába "
        "kerül, és az év végéig kérte az építőktől a terveket."
    ),
    "tr": (
        "Liman kurulu pazartesi günü doğu havzasını genişletmeye karar verdi; bu üç milyon krona mal olacak "
        "ve müteahhitlerden yıl sonuna kadar planlarını istedi."
    ),
    "ro": (
        "Consiliul portului a hotărât luni să lărgească bazinul de est, ceea ce va costa trei milioane de "
        "coroane, și le-a cerut constructorilor planurile lor până la sfârșitul anului."
    ),
    "ru": (
        "Совет порта решил в понедельник расширить восточный бассейн, что обойдётся в три миллиона крон, и "
        "попросил строителей представить планы до конца года."
    ),
    "el": (
        "Το συμβούλιο του λιμανιού αποφάσισε τη Δευτέρα να διευρύνει την ανατολική λεκάνη, που θα κοστίσει "
        "τρία εκατομμύρια κορώνες, και ζήτησε τα σχέδια ως το τέλος του έτους."
    ),
    "ja": (
        "港湾委員会は月曜日、東の停泊地を広げることを決めた。費用は三百万クローネで、年末までに建設会社の計画"
        "を求めている。住民からは反対の声も上がっている。"
    ),
    "ko": (
        "항만위원회는 월요일 동쪽 정박지를 넓히기로 결정했다. 비용은 삼백만 크로네이며 연말까지 건설사에 계획"
        "서를 요청했다. 주민들은 반대의 목소리를 내고 있다."
    ),
}
# A Nigerian Pidgin text, a German one about an English song, and an English menu without a sentence.
_MIXED = (
    (
        "Di harbour board don vote on Monday to make di east side big well well, and dem say e go cost "
        "plenty money, but di people wey dey live there no gree with dem at all; dem go carry the matter to "
        "the court."
    ),
    (
        "»The Ships of the Eastern Harbour« heißt das neue Lied von Tam Veldt, und die Band »With the Tide "
        "and the Rain« spielt es im Herbst in Köln; nicht alle mögen es, aber der Verlag hofft auf einen "
        "Erfolg in den Charts."
    ),
    (
        "Home World Business Markets Sport Culture Opinion Letters Obituaries Podcasts Puzzles Newsletters "
        "Weather Travel"
    ),
)


@pytest.mark.parametrize("code", _TEXTS)
def test_every_language_is_told_as_the_model_tells_it(code: str) -> None:
    assert language(_TEXTS[code]) == code == py3langid.classify(_TEXTS[code])[0]


@pytest.mark.parametrize("text", _MIXED)
def test_a_text_that_is_not_plainly_english_is_left_to_the_model(text: str) -> None:
    assert language(text) == py3langid.classify(text)[0]


@pytest.mark.parametrize("code", [code for code in _TEXTS if code != "en"])
def test_an_english_word_or_two_make_no_text_english(code: str) -> None:
    text = f"The Harbour and the Sea: {_TEXTS[code]}"
    assert language(text) == py3langid.classify(text)[0] != "en"


def test_a_short_text_has_no_language() -> None:
    assert language("The board voted on Monday and left.") is None
