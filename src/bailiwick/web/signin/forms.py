"""allauth's forms of passkeys, for whatever a browser may send as one."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

# What taking apart a passkey that is none raises, besides what allauth expects.
TROUBLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)


class _Answered:
    """What cannot be taken apart is no passkey."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except TROUBLE:
            raise get_adapter().validation_error("incorrect_code") from None


class SignIn(_Answered, forms.LoginWebAuthnForm):
    """Without a password."""


class SecondFactor(_Answered, forms.AuthenticateWebAuthnForm):
    """After the password."""


class Again(_Answered, forms.ReauthenticateWebAuthnForm):
    """Once more."""


class New(forms.AddWebAuthnForm):
    """A new one."""

    def clean(self) -> Any:
        try:
            return super().clean()
        except TROUBLE:
            raise get_adapter().validation_error("incorrect_code") from None
