"""Legal forms at the end of companies' names."""

import re

COMPANY_FORM = re.compile(
    r",? (?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|plc|Plc|AG|SA|NV|SE|AB|ASA|Oyj|SpA|GmbH|Bhd|Pty)"
    r"\.?$"
)
