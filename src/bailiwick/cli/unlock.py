"""`bailiwick unlock`."""

import argparse
import json

from bailiwick.cli.surroundings import with_django
from bailiwick.kit import Refused, say


def run(asked: argparse.Namespace) -> int:
    """A login signs in by its password alone again and nowhere else; whoever owns it is told."""
    with_django(asked.home)
    from allauth.mfa.models import Authenticator

    from bailiwick.network.commands.access import end_other_sessions
    from bailiwick.network.models import Login
    from bailiwick.web.signin.heard import UNLOCKED, tell_login

    login = Login.objects.filter(email__iexact=asked.email).first()
    if login is None:
        raise Refused("no_login", say("Nobody signs in as %(email)s.", email=asked.email))
    factors = Authenticator.objects.filter(user=login).delete()[0]
    ended = end_other_sessions(login, but="")
    tell_login(login, UNLOCKED)
    told = f"Unlocked: {factors} second factors are gone, {ended} devices are signed out."
    print(json.dumps({"factors": factors, "sessions": ended}) if asked.json else told)
    return 0
