"""Tokens of a person or a service account, as their pages list them."""

from typing import Any

from bailiwick.kit import Speech
from bailiwick.network.fields import TOKEN_MAY
from bailiwick.network.models import ApiToken


def token_line(one: ApiToken, revoke: str, speech: Speech) -> dict[str, Any]:
    """What uses it, what it opens, when it was last used and when it ends; never its text. `revoke`: where it ends."""
    return {
        "label": one.label,
        "scope": speech.say(TOKEN_MAY[one.scope]),
        "created": speech.instant(one.created),
        "used": speech.instant(one.used),
        "until": speech.instant(one.until),
        "revoke": revoke,
    }
