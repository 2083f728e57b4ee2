"""The layers of quantities and times against the libraries that people reach for, on the same texts in the same run.

The peers are the extra `bench`; the lock has none of them, for nobody needs them to use Dateline.
"""

import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.util import find_spec

from benchmarks.measure import Measurement, recombined, seconds
from pipelines.extract import model
from pipelines.extract.names import mentions
from pipelines.extract.quantities import quantities
from pipelines.extract.times import times

PEERS = ("quantulum3", "dateparser")
DAY = date(2026, 11, 20)


def measure(articles: int = 4) -> Iterator[Measurement]:
    """Seconds of each peer by seconds of our layer; ours come on top of a parse that names and quotes need as well."""
    missing = [peer for peer in PEERS if find_spec(peer) is None]
    if missing:
        print(f'Not measured against {" and ".join(missing)}: install them by  pip install -e ".[bench]"')
    texts = recombined(articles)
    docs = list(model.parse(texts))
    whens = [times(doc, DAY) for doc in docs]
    names = [mentions(doc) for doc in docs]
    ours: dict[str, Callable[[], object]] = {
        "quantulum3": lambda: [quantities(d, t, n) for d, t, n in zip(docs, whens, names, strict=True)],
        "dateparser": lambda: [times(doc, DAY) for doc in docs],
    }
    theirs = {"quantulum3": _quantulum, "dateparser": _dateparser}
    for peer, layer in (("quantulum3", "quantities"), ("dateparser", "times")):
        if peer not in missing:
            read = theirs[peer]()
            took = seconds(lambda read=read: [read(text) for text in texts])  # type: ignore[misc]  # bound at once
            yield Measurement(f"{layer} against {peer}", took / seconds(ours[peer]), "times as fast", "> 1")


def _quantulum() -> Callable[[str], object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that its classifier, an extra of its own, is not there
        from quantulum3 import parser
    parser.parse("It is 5 miles away.")  # its tables are read at the first call
    return parser.parse  # type: ignore[no-any-return]


def _dateparser() -> Callable[[str], object]:
    from dateparser.search import search_dates

    given = {"RELATIVE_BASE": datetime(DAY.year, DAY.month, DAY.day)}  # noqa: DTZ001  # it wants a naive one
    return lambda text: search_dates(text, languages=["en"], settings=given)
