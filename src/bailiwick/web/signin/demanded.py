"""A second factor that a network asks for: who has one, and who is led to set one up before anything else opens."""

from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from bailiwick.network.queries import logins_here
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.walls import InNetwork
from bailiwick.web.signin.factors import APP, PASSKEY

OPEN = frozenset({"signing_in"})  # where one is set up; signing out is no page of a network


def wanted(request: HttpRequest, network: Network, now: datetime) -> bool:
    """Whether the network asks for a second factor by now and this browser came in without any being there.

    Whoever came by their company's own sign-in has done what the company asks for.
    """
    if network.factor_from is None or network.factor_from > now:
        return False
    by_company = any(one.get("method") == "socialaccount" for one in get_authentication_records(request, request.user))  # type: ignore[arg-type]
    return not by_company and not has_factor(request)


def has_factor(request: HttpRequest) -> bool:
    """Whether the login has an app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=request.user.pk, type__in=(APP, PASSKEY)).exists()


def how_many(by: InNetwork, now: datetime) -> tuple[int, int]:
    """How many logins of this network have a second factor, of how many."""
    logins = logins_here(by, now)
    having = Authenticator.objects.filter(user__in=logins, type__in=(APP, PASSKEY)).values("user").distinct().count()
    return having, len(logins)
