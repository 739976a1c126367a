"""Text of strangers made plain: no control or turning characters, no more than is kept."""

import re
import unicodedata

# What turns the direction of writing, or stands for nothing at all: an address could be made to look like another one.
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
READ_LETTERS = 40_000  # of a text: more is not looked at
EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}")


def plain(text: str) -> str:
    """Lines of readable characters, in composed form.

    >>> plain("Ange\\u202ebot\\r\\nKr\\u0061\\u0308ne\\x00")
    'Angebot\\nKräne'
    """
    text = BREAKS.sub("\n", text[:READ_LETTERS])
    return unicodedata.normalize("NFC", CONTROLS.sub("", UNSEEN.sub("", text)))


def line(text: str, longest: int = 300) -> str:
    """The same as one line.

    >>> line("Angebot\\n  Kräne")
    'Angebot Kräne'
    """
    return " ".join(plain(text[: 4 * longest]).split())[:longest].strip()
