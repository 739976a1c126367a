"""A person's own address for mail: what stands in it is known to nobody else, and is no key to anything besides."""

import base64
import secrets
from datetime import datetime

from bailiwick.kit import Actor, NotSeen
from bailiwick.network.models import Access, ApiToken
from bailiwick.network.queries import digest_of


def renew_mail_address(*, by: Actor, now: datetime) -> str:
    """The actor has an address for mail, of which this is the secret part; one from before takes nothing any more.

    Small letters and digits only, for mail servers may change capitals; 160 random bits.
    """
    access = Access.objects.select_for_update().filter(network=by.network, person=by.person, until=None).first()
    if access is None:
        raise NotSeen
    end_mail_address(by=by, now=now)
    text = base64.b32encode(secrets.token_bytes(20)).decode().lower()
    ApiToken.objects.create(access=access, label="", scope="mail", digest=digest_of(text), created=now)
    return text


def end_mail_address(*, by: Actor, now: datetime) -> None:
    """The actor's address takes no mail from now on."""
    ApiToken.objects.filter(access__network=by.network, access__person=by.person, scope="mail", until=None).update(until=now)
