"""Django's settings, from the environment that the `bailiwick` command prepares (`cli.surroundings`)."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from bailiwick.vitals.log import logging_of

HERE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BAILIWICK_HOME", ".bailiwick")).absolute()
DEMO = os.environ.get("BAILIWICK_DEMO") == "1"
DEBUG = False

SECRET_KEY = os.environ["BAILIWICK_SECRET"]
ALLOWED_HOSTS = os.environ.get("BAILIWICK_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("BAILIWICK_ORIGINS", "").split(",") if origin]
SECURE = os.environ.get("BAILIWICK_HTTPS") == "1"
# Networks of one's own to which hooks may lead, also without TLS: `10.1.0.0/16,127.0.0.1`. Without it only the internet.
HOOKS_INSIDE = os.environ.get("BAILIWICK_HOOKS_INSIDE", "")
# Where files for standing sources are laid: `<this>/<network>/<source>/`.
INBOX = Path(os.environ.get("BAILIWICK_INBOX") or HOME / "inbox").absolute()
METRICS_TOKEN = os.environ.get("BAILIWICK_METRICS", "")
# A store that does not answer must not hold a page: seconds until it is called away when it is called, milliseconds until it is
# when something was sent, and seconds until a silent one is asked whether it is there. An address may say otherwise.
PATIENCE = {"connect_timeout": "2", "tcp_user_timeout": "5000", "keepalives_idle": "10", "keepalives_interval": "2"}


def database(dsn: str) -> dict[str, Any]:
    """Django's words for a PostgreSQL address."""
    parts = {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {names[name]: parts.pop(name) for name in list(parts) if name in names}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": PATIENCE | parts,
        **known,
    }


DATABASES = {"default": database(os.environ["DATABASE_URL"])}
# Migrations run with DATABASE_URL naming the owner; what they make is opened to the role of the application.
APP_ROLE = database(os.environ.get("BAILIWICK_APP_URL") or os.environ["DATABASE_URL"]).get("USER", "")
# Attempts to sign in are counted for all processes together; keys are hashed, so that no address is kept.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "network_attempt",
        "KEY_FUNCTION": "bailiwick.web.sessions.hashed",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# The host to which people may send mail that is proposed to them as activities; without it no address is offered.
MAIL_IN = os.environ.get("BAILIWICK_MAIL_IN", "").strip().lower()
# How often a token may ask in a minute; 0 for as often as it likes.
API_PACE = int(os.environ.get("BAILIWICK_API_PACE") or 600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PACKAGES = (
    "tenancy", "fields", "ledger", "lists", "network", "offer", "notices", "hooks", "territories", "pipeline", "performance",
    "exchange",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *(f"bailiwick.{package}" for package in PACKAGES if package != "fields"),
    "bailiwick.web",
]
ANSWERS = "bailiwick.config.answers"
MASTERS = "bailiwick.exchange.masters"
AUTH_USER_MODEL = "network.Login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": "bailiwick.web.signin.too_easy.OwnWords"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "bailiwick.web.signin.adapters.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SIGNUP_BY_CODE_ENABLED = False
MFA_ADAPTER = "bailiwick.web.signin.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    f"{act}_webauthn": f"bailiwick.web.signin.forms.{form}"
    for act, form in (("login", "SignIn"), ("authenticate", "SecondFactor"), ("reauthenticate", "Again"), ("add", "New"))
} | {act: f"bailiwick.web.signin.forms.{form}" for act, form in (("authenticate", "Code"), ("reauthenticate", "CodeAgain"))}
MFA_TOTP_TOLERANCE = 1
# Whoever comes in by an invitation has not proved the address by a mail, and may well have a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A company's own provider of identities. `OIDC_VERIFIED`: it knows every address that it tells, although it does not say so.
OIDC_ID, OIDC_URL = "company", os.environ.get("BAILIWICK_OIDC_URL", "")
OIDC_NAME = os.environ.get("BAILIWICK_OIDC_NAME") or "Company"
OIDC_VERIFIED = os.environ.get("BAILIWICK_OIDC_VERIFIED") == "1"
SOCIALACCOUNT_ADAPTER = "bailiwick.web.signin.company.Company"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_ID,
                "name": OIDC_NAME,
                "client_id": os.environ.get("BAILIWICK_OIDC_CLIENT", ""),
                "secret": os.environ.get("BAILIWICK_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ],
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

MIDDLEWARE = [
    "bailiwick.vitals.passing.Passing",
    "django.middleware.security.SecurityMiddleware",
    "bailiwick.web.headers.Told",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "bailiwick.config.urls"
WSGI_APPLICATION = "bailiwick.config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "bailiwick.web.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
            ],
        },
    }
]
MESSAGE_STORAGE = "bailiwick.web.headers.SaidOnce"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [HERE / "web" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "web" / "static"
WHITENOISE_MAX_AGE = 600
WHITENOISE_ALLOW_ALL_ORIGINS = False

SESSION_ENGINE = "bailiwick.web.sessions"
# Unused for so long a session is over; however much it is used, it is after SESSION_LASTS.
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_LASTS = 30 * 24 * 3600
# A browser takes a cookie of such a name over https only, and from no other host of the domain.
COOKIES_OF = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIES_OF}sessionid", f"{COOKIES_OF}csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "bailiwick.web.problems.csrf_failed"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^api(/|$)"]  # pages are sent on to https; programs are refused (bailiwick.api.urls)
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
# How many proxies of our own stand in front: each adds the address that it saw to X-Forwarded-For, the last are to be believed.
PROXIES = int(os.environ.get("BAILIWICK_BEHIND_PROXY") or 0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "bailiwick.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if os.environ.get("BAILIWICK_SMTP") else None
EMAIL_HOST, _, _port = os.environ.get("BAILIWICK_SMTP", "").partition(":")
EMAIL_PORT = int(_port or 25)
EMAIL_HOST_USER = os.environ.get("BAILIWICK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("BAILIWICK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("BAILIWICK_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("BAILIWICK_MAIL_FROM", "bailiwick@localhost")
if EMAIL_BACKEND is None:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = logging_of(os.environ)
