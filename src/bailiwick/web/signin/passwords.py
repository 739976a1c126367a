"""Signing in and out by password, and new passwords."""

from typing import Any

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from bailiwick.network.commands import address_proved
from bailiwick.web.signin.around import Bare, Doubted


def closed(request: HttpRequest) -> HttpResponse:
    """There is no signing up."""
    from bailiwick.web.problems import problem

    sentence = gettext("Nobody signs up here by themselves.")
    return problem(request, 403, gettext("By invitation"), sentence, gettext("Ask the manager of your unit to enter you."))


class SignIn(Bare, views.LoginView):
    """E-mail and password, and the ways without."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = {"company": settings.OIDC_NAME, "company_url": reverse("openid_connect_login", args=[settings.OIDC_ID])}
        return {**super().get_context_data(**kwargs), **(by if settings.OIDC_URL else dict.fromkeys(by, ""))}


class SignOut(views.LogoutView):
    http_method_names = ("post",)


class Forgotten(Bare, views.PasswordResetView):
    """A link by mail."""


class ForgottenDone(Bare, views.PasswordResetDoneView):
    """The same whether somebody has that address or not."""


class NewPassword(Bare, views.PasswordResetFromKeyView):
    """The link came by mail: whoever sets a password here reads the mail of the address."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        address_proved(self.reset_user.pk)
        return answer


class NewPasswordDone(Bare, views.PasswordResetFromKeyDoneView):
    """It is set."""


class ChangePassword(Doubted, Bare, views.PasswordChangeView):
    """A new one for the old one."""


class FirstPassword(Bare, views.PasswordSetView):
    """For a login that has none yet: whoever asks to change it is sent here."""


sign_in = sensitive_post_parameters("password")(SignIn.as_view())


def to_cast(request: HttpRequest) -> HttpResponseBase:
    """In a demo the sign-in page is the cast; `?password=1` shows the real one."""
    if settings.DEMO and request.method == "GET" and "password" not in request.GET:
        return HttpResponseRedirect(reverse("cast"))
    return sign_in(request)
