"""Names as they are compared: case, accents, blanks and punctuation do not count."""

import unicodedata


def folded(name: str) -> str:
    """Only the letters and digits of a name, without case and accents.

    >>> folded("GTX Pro") == folded("GTXPro") == folded("gtx-prò")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
