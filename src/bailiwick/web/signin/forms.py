"""allauth's forms of passkeys, for whatever a browser may send as one."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from django.forms import HiddenInput, JSONField

# What taking apart a passkey that is none raises, besides what allauth expects.
TROUBLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)


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
