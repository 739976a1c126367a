"""allauth's forms of passkeys, for whatever a browser may send as one."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from django.forms import HiddenInput, JSONField

# What taking apart a passkey that is none raises, besides what allauth expects.
TROUBLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)


class Credential(JSONField):
    """What a device answered. Brackets inside each other without end are no answer: the reader of JSON gives up on them."""

    widget = HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise get_adapter().validation_error("incorrect_code") from None


class _Answered:
    """What cannot be taken apart is no passkey."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except TROUBLE:
            raise get_adapter().validation_error("incorrect_code") from None


class SignIn(_Answered, forms.LoginWebAuthnForm):
    """Without a password."""

    credential = Credential()


class SecondFactor(_Answered, forms.AuthenticateWebAuthnForm):
    """After the password."""

    credential = Credential()


class Again(_Answered, forms.ReauthenticateWebAuthnForm):
    """Once more."""

    credential = Credential()


class New(forms.AddWebAuthnForm):
    """A new one."""

    credential = Credential()

    def clean(self) -> Any:
        try:
            return super().clean()
        except TROUBLE:
            raise get_adapter().validation_error("incorrect_code") from None
