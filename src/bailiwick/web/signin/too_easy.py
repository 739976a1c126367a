"""Passwords that whoever knows what this is would try first."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# The product, what people do in it and as what, and what one types for want of an idea; English and German.
OWN = """
    admin administrator bailiwick client coach company customer deal demo director firma geheim hello kunde
    kunden lead login manager opportunity partner password passwort pipeline sales secret seller steward
    support team test umsatz user verkauf vertrieb welcome willkommen
""".split()
ONLY_OWN = re.compile(f"(?:{'|'.join(OWN)})+")


class OwnWords(CommonPasswordValidator):
    """Nothing but words of the house, however they are joined, spelt in capitals, or dressed in digits and signs.

    >>> [of_own_words(one) for one in ("Bailiwick2026!", "sales-manager-1", "the sales of March", "2026-2027!")]
    [True, True, False, False]
    """

    def __init__(self) -> None:
        """The list of what too many people use is another validator's."""

    def validate(self, password: str, user: Any = None) -> None:
        if of_own_words(password):
            raise ValidationError(self.get_error_message(), code="password_too_common")


def of_own_words(password: str) -> bool:
    """Whether its letters are words of the house and nothing else."""
    return ONLY_OWN.fullmatch("".join(letter for letter in password.lower() if letter.isalpha())) is not None
