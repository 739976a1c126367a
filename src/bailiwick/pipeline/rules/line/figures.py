"""Numbers as people type them: 84 000, 84.000, 84,000, 1.2, 1,2."""

import re
from decimal import Decimal

PLAIN = re.compile(r"[0-9]{1,13}")
GROUPED = re.compile(r"[0-9]{1,3}(?:([.,'’])[0-9]{3})(?:\1[0-9]{3}){0,3}(?:[.,][0-9]{1,2})?")
BROKEN = re.compile(r"[0-9]{1,13}[.,][0-9]{1,6}")


def figure(text: str, grouped: bool = True) -> Decimal | None:
    """The value of a number; one mark before three digits groups thousands, unless `grouped` is refused.

    >>> [str(figure(text)) for text in ("84.000", "84,000", "1,2", "1.234.567,50", "12.5.")]
    ['84000', '84000', '1.2', '1234567.50', 'None']
    """
    if PLAIN.fullmatch(text):
        return Decimal(text)
    match = GROUPED.fullmatch(text) if grouped and not text.startswith("0") else None
    if match:
        tail = text[-3:] if text[-3] in ".," else text[-2:] if text[-2] in ".," else ""
        whole = text.removesuffix(tail)
        if tail[:1] == match[1]:
            return None
        return Decimal(re.sub(r"[.,'’]", "", whole) + tail.replace(",", "."))
    return Decimal(text.replace(",", ".")) if BROKEN.fullmatch(text) else None


def is_grouped(text: str) -> bool:
    """Whether marks group the thousands of this number."""
    return bool(GROUPED.fullmatch(text)) and not text.startswith("0")
