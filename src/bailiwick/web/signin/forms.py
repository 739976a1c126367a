"""allauth's forms of second factors: a code opens once, and whatever a browser may send as a passkey is read or refused."""

import re
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms
from django.core.cache import cache
from django.forms import HiddenInput, JSONField

# What taking apart a passkey that is none raises, besides what allauth expects.
TROUBLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)


class _Once(codes.BaseAuthenticateForm):
    """A code of the app opens once in all the time in which it fits; allauth remembers it for a third of that."""

    def clean_code(self) -> str:
        code = str(super().clean_code())
        fits = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        used = f"code of {self.user.pk}: {re.sub(r'[^0-9]', '', code)}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(used, True, timeout=fits):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Code(_Once, codes.AuthenticateForm):
    """After the password."""


class CodeAgain(_Once, codes.ReauthenticateForm):
    """Once more."""


class Credential(JSONField):
    """What a device answers; nested without end it is no answer."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise get_adapter().validation_error("incorrect_code") from None


class Answered(forms.AuthenticateWebAuthnForm):
    """What cannot be taken apart is no passkey."""

    credential = Credential(required=True, widget=HiddenInput)

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except TROUBLE:
            raise get_adapter().validation_error("incorrect_code") from None


class SignIn(Answered, forms.LoginWebAuthnForm):
    """Without a password."""


class SecondFactor(Answered):
    """After the password."""


class Again(Answered, forms.ReauthenticateWebAuthnForm):
    """Once more."""


class New(forms.AddWebAuthnForm):
    """A new one."""

    credential = Credential(required=True, widget=HiddenInput)

    def clean(self) -> Any:
        try:
            return super().clean()
        except TROUBLE:
            raise get_adapter().validation_error("incorrect_code") from None
