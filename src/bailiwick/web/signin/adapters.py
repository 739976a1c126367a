"""What allauth asks of us."""

import base64
import hashlib
import logging
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest

log = logging.getLogger("bailiwick.signin")


class Adapter(DefaultAccountAdapter):
    """Accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited by those who staff a unit."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out is its own message."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuses where too many tried this login lately; the log says that it did."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log.warning("signing in by password: too many attempts at one login")
            raise

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose attempts are counted: the address that our own proxies saw.

        A request that came past one of them says less than it should; then whoever connected to us is meant, and never what
        the request says of itself.
        """
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META.get("REMOTE_ADDR", ""))


class Factors(DefaultMFAAdapter):
    """Second factors: their secrets are kept encrypted by the secret of the installation."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret, or one that nobody has where another installation encrypted it: then no code fits."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("a second factor was encrypted with another BAILIWICK_SECRET: no code of it fits")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return "Bailiwick"


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factors\0" + settings.SECRET_KEY.encode()).digest()))
