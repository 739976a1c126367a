"""Signing in by a company's own provider of identities (OpenID Connect), where the settings name one."""

import logging
from collections.abc import Mapping
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import consume
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from requests import RequestException

from bailiwick.network.models import Login
from bailiwick.web.problems import problem, too_many

log = logging.getLogger("bailiwick.signin")


class Company(DefaultSocialAccountAdapter):
    """Who is known there is a login that is here already; nobody comes in newly by it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time the address leads to the login, from then on the name by which the provider knows its owner.

        An address that the provider did not verify, and one that somebody chose here and never proved, lead nowhere: whoever
        made that login knows its password.
        """
        if sociallogin.is_existing:
            return
        claims = claims_of(sociallogin)
        address = str(claims.get("email") or "") if settings.OIDC_VERIFIED or is_true(claims.get("email_verified")) else ""
        login = Login.objects.filter(email__iexact=address, claimed=None).first() if address else None
        if login is None:
            no(
                request,
                gettext("Nobody signs in here with that address yet."),
                gettext("Ask the manager of your unit for a link."),
            )
        sociallogin.connect(request, login)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> NoReturn:
        no(request, gettext("Your company's sign-in did not confirm it."), gettext("Try it again, or sign in by password."))


def claims_of(sociallogin: SocialLogin) -> Mapping[str, Any]:
    """What the provider says of its owner; what it says when asked goes before what stands in its first answer."""
    told = sociallogin.account.extra_data
    return {**(told.get("id_token") or {}), **(told.get("userinfo") or {})}


def is_true(claim: object) -> bool:
    """Some providers write the word."""
    return claim is True or claim == "true"


def no(request: HttpRequest, sentence: str, remedy: str) -> NoReturn:
    raise ImmediateHttpResponse(problem(request, 403, gettext("Not signed in"), sentence, remedy))


@receiver(pre_save, sender=SocialAccount)
def keep_nothing(instance: SocialAccount, **told: Any) -> None:
    """Of what the provider says only the name by which it knows somebody is kept."""
    instance.extra_data = {}


def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider, which is asked how it is reached: not more often than forms of signing in from one place."""
    if settings.OIDC_URL and not consume(request, app="allauth.account", action="login", limit_get=True):
        return too_many(request)
    return _by(views.login, request, provider_id)


def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider, with what it says."""
    return _by(views.callback, request, provider_id)


def _by(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if not settings.OIDC_URL or provider_id != settings.OIDC_ID:
        raise Http404
    try:
        answer: HttpResponse = view(request, provider_id)
    except (RequestException, KeyError, ValueError) as why:
        log.warning("the provider of identities does not answer as one does: %s", type(why).__name__)
        sentence = gettext("Your company's sign-in does not answer.")
        return problem(request, 503, gettext("Not signed in"), sentence, gettext("Try it again, or sign in by password."))
    return answer
