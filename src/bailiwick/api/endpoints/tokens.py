"""My own tokens."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from bailiwick.api.asked import Asked, Told
from bailiwick.api.bearer import own_tokens
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import TYPED, Id, Taken
from bailiwick.api.shapes.network import TokenGiven, TokenShown
from bailiwick.api.shapes.plain import Everything
from bailiwick.kit import Refused, say
from bailiwick.network.commands import give_token, revoke_token


class TokenNew(Taken):
    """A token to be."""

    label: str = Field(min_length=1, max_length=60, pattern=TYPED, description="So that you know later which one it is.")
    scope: Literal["read", "write"] = Field(default="read", description="`write` may read as well.")
    days: Annotated[StrictInt, Field(ge=1, le=3650)] | None = Field(
        default=None, description="How long it opens; until it is revoked when left out."
    )


@endpoint("GET", "/tokens", name="tokens", gives=Everything[TokenShown])
def tokens(asked: Asked) -> Told:
    """My tokens, newest first, ended ones too; never their text."""
    return Told(Everything[TokenShown](items=[TokenShown.of(row) for row in own_tokens(asked.viewer)]))


@endpoint("POST", "/tokens", name="token_new", takes=TokenNew, gives=TokenGiven, status=201)
def token_new(asked: Asked, given: TokenNew) -> Told:
    """Give myself a token. Its text is in this answer and nowhere else, also not when the key is repeated."""
    ends, until = asked.caller.token.until, None if given.days is None else asked.now + timedelta(days=given.days)
    if ends is not None and (until is None or until > ends):
        raise Refused(
            "outlives", say("A token cannot outlive the one that gives it."), say("Give it in your settings, or fewer days.")
        )
    row, text = give_token(label=given.label, scope=given.scope, until=until, by=asked.actor, now=asked.now)
    shown = TokenShown.of(row).model_dump()
    return Told(TokenGiven(**shown, text=text), kept=TokenGiven(**shown, text=""))


@endpoint("DELETE", "/tokens/{uuid:token}", name="token_revoke")
def token_revoke(asked: Asked, token: Id) -> Told:
    """The token opens nothing from now on."""
    revoke_token(token, by=asked.actor, now=asked.now)
    return Told()
