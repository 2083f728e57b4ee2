"""What many tests share."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pipelines.extract import model


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    """Text to parsed document, with the packaged language model loaded once."""
    return model.of
