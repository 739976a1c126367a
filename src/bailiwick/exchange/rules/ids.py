"""Ids that one system writes in two lengths: those of Salesforce have fifteen characters, or eighteen with a checksum behind."""

import re

LONG, SHORT = 18, 15
# The case of letters tells ids apart; the three characters behind them only repeat it.
_ID = re.compile(r"[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?")


def short_id(text: str) -> str:
    """The fifteen characters that tell a record, "" for what is no such id.

    >>> short_id("00546000001l1cJAAQ"), short_id("00546000001l1cJ"), short_id("Kran 40 t"), short_id("Kundenbetreuung")
    ('00546000001l1cJ', '00546000001l1cJ', '', '')
    """
    if len(text) not in (LONG, SHORT) or not text[0].isalnum() or not any(letter.isdigit() for letter in text[:SHORT]):
        return ""
    return text[:SHORT] if _ID.fullmatch(text) else ""
