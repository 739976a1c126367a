"""My own tokens."""

from datetime import datetime, timedelta

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Id, Taken, built
from bailiwick.api.shapes.network import TokenGiven, TokenShown
from bailiwick.api.shapes.plain import Everything
from bailiwick.kit import Refused, Sentence, say
from bailiwick.network.commands import give_token, revoke_token
from bailiwick.network.fields import TOKEN
from bailiwick.network.queries import tokens as open_tokens

TokenNew = built("TokenNew", TOKEN, Taken)


@endpoint("GET", "/tokens", name="tokens", gives=Everything[TokenShown])
def tokens(asked: Asked) -> Told:
    """My tokens, newest first, as far as they still open something; never their text."""
    return Told(Everything[TokenShown](items=[TokenShown.of(row) for row in open_tokens(asked.viewer, asked.now)]))


@endpoint("POST", "/tokens", name="token_new", takes=TokenNew, gives=TokenGiven, status=201)
def token_new(asked: Asked, given: Taken) -> Told:
    """Give myself a token. Its text is in this answer and nowhere else, also not when the key is repeated."""
    values = given.values()
    until = end_of(asked, values.pop("days"), say("Give it in your settings."))
    row, text = give_token(**values, until=until, by=asked.actor, now=asked.now)
    shown = TokenShown.of(row).model_dump()
    return Told(TokenGiven(**shown, text=text), kept=TokenGiven(**shown, text=""))


@endpoint("DELETE", "/tokens/{uuid:token}", name="token_revoke")
def token_revoke(asked: Asked, token: Id) -> Told:
    """The token opens nothing from now on."""
    revoke_token(token, by=asked.actor, now=asked.now)
    return Told()


def end_of(asked: Asked, days: str, elsewhere: Sentence) -> datetime | None:
    """When a token ends that is given for so many days (0: when it is revoked): never after the one that gives it."""
    until, ends = (asked.now + timedelta(days=int(days)) if int(days) else None), asked.caller.token.until
    if ends is not None and (until is None or until > ends):
        raise Refused("outlives", say("A token cannot outlive the one that gives it."), elsewhere)
    return until
