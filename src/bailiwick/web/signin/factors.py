"""Second factors: an app that makes codes, recovery codes, passkeys; and being asked again before a factor changes."""

import json
from typing import Any

from allauth.account import views
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic.base import TemplateResponseMixin

from bailiwick.web.signin.around import Bare, Doubted, StillOneself

APP, CODES, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, Authenticator.Type.WEBAUTHN


# What `account/asked.html` prints, unless a view says otherwise.
NOTHING: dict[str, Any] = {
    "fields": [], "problem": "", "picture": "", "secret": "", "passkey": "", "creates": False, "passkey_problem": "",
    "others": [],
}  # fmt: skip


def index(request: HttpRequest) -> HttpResponse:
    """Where allauth sends whoever has finished: the page of signing in."""
    return HttpResponseRedirect(reverse("signing_in"))


class Asked(Bare, TemplateResponseMixin):
    """One thing is asked on a page of its own: `asked` gives its heading, sentence, fields and the word on the button."""

    template_name = "account/asked.html"

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        around = NOTHING | {"action": self.request.get_full_path(), "cancel": reverse("signing_in")}
        return {**context, **around, **self.asked(context)}


def name_of(passkey: Any) -> str:
    """What its owner calls it."""
    return str(passkey.wrap().name)


def _field(form: Any, name: str, label: str, kind: str, autocomplete: str, purpose: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "kind": kind,
        "value": "" if kind == "password" else (form[name].value() or ""),
        "required": True,
        "autocomplete": autocomplete,
        "problem": " ".join(form.errors.get(name, [])),
        "purpose": purpose,
        "readers": "",
    }


def _code(form: Any, purpose: str = "") -> dict[str, Any]:
    return _field(form, "code", gettext("Code"), "text", "one-time-code", purpose)


def _others(context: dict[str, Any]) -> list[tuple[str, str]]:
    """The other ways to show that it is still oneself."""
    words = {
        reverse("account_reauthenticate"): gettext("By password"),
        reverse("mfa_reauthenticate"): gettext("By a code"),
        reverse("mfa_reauthenticate_webauthn"): gettext("By passkey"),
    }
    found = [(words.get(one["url"].partition("?")[0], ""), one["url"]) for one in context["reauthentication_alternatives"]]
    return [(word, url) for word, url in found if word]


class SecondFactor(Doubted, Asked, base.AuthenticateView):
    """Between the password and the first page."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        has = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        form = self.auth_form
        problem = " ".join(self.webauthn_form.errors.get("credential", [])) if self.webauthn_form else ""
        return {
            "heading": gettext("The second factor"),
            "sentence": gettext("Your password is right; this shows that it is you."),
            "fields": [_code(form, gettext("From your app, or one of your recovery codes."))],
            "submit": gettext("Sign in"),
            "cancel": reverse("account_login"),
            "passkey": json.dumps(context["js_data"]["request_options"]) if PASSKEY in has else "",
            "passkey_problem": problem,
        }


class Again(StillOneself, Asked, views.ReauthenticateView):
    """The password once more, before something about signing in changes."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "heading": gettext("Is it still you?"),
            "sentence": gettext("Before something about signing in changes you show once more who you are."),
            "fields": [_field(context["form"], "password", gettext("Password"), "password", "current-password")],
            "submit": gettext("Go on"),
            "others": _others(context),
        }


class AgainByCode(StillOneself, Asked, base.ReauthenticateView):
    """The same by a code."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "heading": gettext("Is it still you?"),
            "sentence": gettext("Before something about signing in changes you show once more who you are."),
            "fields": [_code(context["form"])],
            "submit": gettext("Go on"),
            "others": _others(context),
        }


class AgainByPasskey(StillOneself, Asked, webauthn.ReauthenticateWebAuthnView):
    """The same by passkey."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "heading": gettext("Is it still you?"),
            "sentence": gettext("Before something about signing in changes you show once more who you are."),
            "submit": "",
            "passkey": json.dumps(context["js_data"]["request_options"]),
            "others": _others(context),
        }


class App(Asked, totp.ActivateTOTPView):
    """An app on the phone is set up by scanning a picture; its first code proves that it was."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "heading": gettext("An app that makes codes"),
            "sentence": gettext(
                "Scan this with an authenticator app, or type the key into it; then type the code that it shows."
            ),
            "picture": context["totp_svg_data_uri"],
            "secret": " ".join(context["form"].secret[at : at + 4] for at in range(0, len(context["form"].secret), 4)),
            "fields": [_code(context["form"])],
            "submit": gettext("Switch it on"),
        }


class AppOff(Asked, totp.DeactivateTOTPView):
    """The app is no factor any more."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "heading": gettext("Without the app"),
            "sentence": gettext("Its codes open nothing any more. Recovery codes go with the last factor."),
            "submit": gettext("Switch it off"),
        }


class Codes(Bare, codes.ViewRecoveryCodesView):
    """The recovery codes that are left."""

    template_name = "account/codes.html"


class NewCodes(Asked, codes.GenerateRecoveryCodesView):
    """Ten new ones; the old ones open nothing any more."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        left = context["unused_code_count"]
        words = ngettext("One old code opens nothing any more.", "%(n)s old codes open nothing any more.", left) % {"n": left}
        return {
            "heading": gettext("New recovery codes"),
            "sentence": words if left else gettext("Each opens once, when the app or the passkey is not at hand."),
            "problem": " ".join(context["form"].non_field_errors()),
            "submit": gettext("Make ten"),
        }


class CodesFile(codes.DownloadRecoveryCodesView):
    """The same as a text to keep."""

    template_name = "account/codes.txt"


class NewPasskey(Asked, webauthn.AddWebAuthnView):
    """This device, or a key, signs its owner in from now on."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        form = context["form"]
        name = _field(form, "name", gettext("Name"), "text", "off", gettext("Which device or key it is, to tell it from others."))
        return {
            "heading": gettext("A new passkey"),
            "sentence": gettext("Your device asks for your finger, your face or its code; the secret never leaves it."),
            "fields": [name],
            "submit": "",
            "creates": True,
            # One that its device keeps and unlocks: it signs in without a password too.
            "passkey": json.dumps(begin_registration(authenticated_user(self.request), passwordless=True)),
            "passkey_problem": " ".join(form.errors.get("credential", [])),
        }


class PasskeyName(Asked, webauthn.EditWebAuthnView):
    """A passkey gets another name."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "heading": gettext("Name of the passkey"),
            "sentence": "",
            "fields": [_field(context["form"], "name", gettext("Name"), "text", "off")],
            "submit": gettext("Keep"),
        }


class PasskeyOff(Asked, webauthn.RemoveWebAuthnView):
    """A passkey opens nothing any more."""

    def asked(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "heading": gettext("Without this passkey"),
            "sentence": gettext("%(name)s signs nobody in any more.") % {"name": name_of(self.object)},
            "submit": gettext("Remove it"),
        }


class SignInByPasskey(Doubted, webauthn.LoginWebAuthnView):
    """Without a password: the device knows who it is."""


recovery_codes = never_cache(Codes.as_view())
