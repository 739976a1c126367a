"""The doors of signing in; the cast is among them in a demo only."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path, re_path

from bailiwick.web.signin import company, factors, passwords
from bailiwick.web.signin.cast import cast, sample

# The key holds hyphens of its own and the id none: as slugs the id would take all but the last part.
KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$"


def urlpatterns() -> list[URLPattern]:
    """By the names under which allauth looks for them."""
    patterns = [
        path("sign-in/", passwords.to_cast, name="account_login"),
        path("sign-in/with/<slug:provider_id>/", company.go, name="openid_connect_login"),
        path("sign-in/with/<slug:provider_id>/back/", company.back, name="openid_connect_callback"),
        path("sign-in/passkey/", factors.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
        path("sign-in/second-factor/", factors.SecondFactor.as_view(), name="mfa_authenticate"),
        path("sign-in/again/", login_required(factors.Again.as_view()), name="account_reauthenticate"),
        path("sign-in/again/code/", factors.AgainByCode.as_view(), name="mfa_reauthenticate"),
        path("sign-in/again/passkey/", factors.AgainByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
        path("sign-out/", passwords.SignOut.as_view(), name="account_logout"),
        path("sign-up/", passwords.closed, name="account_signup"),
        path("inactive/", passwords.closed, name="account_inactive"),
        path("password/reset/", passwords.Forgotten.as_view(), name="account_reset_password"),
        path("password/reset/done/", passwords.ForgottenDone.as_view(), name="account_reset_password_done"),
        re_path(KEY, passwords.NewPassword.as_view(), name="account_reset_password_from_key"),
        path("password/reset/key/done/", passwords.NewPasswordDone.as_view(), name="account_reset_password_from_key_done"),
        path("password/change/", passwords.ChangePassword.as_view(), name="account_change_password"),
        path("password/first/", login_required(passwords.FirstPassword.as_view()), name="account_set_password"),
        path("second-factor/", factors.index, name="mfa_index"),
        path("second-factor/app/", login_required(factors.App.as_view()), name="mfa_activate_totp"),
        path("second-factor/app/off/", factors.AppOff.as_view(), name="mfa_deactivate_totp"),
        path("second-factor/codes/", factors.recovery_codes, name="mfa_view_recovery_codes"),
        path("second-factor/codes/new/", login_required(factors.NewCodes.as_view()), name="mfa_generate_recovery_codes"),
        path("second-factor/codes/file/", factors.CodesFile.as_view(), name="mfa_download_recovery_codes"),
        path("passkeys/", factors.index, name="mfa_list_webauthn"),
        path("passkeys/new/", login_required(factors.NewPasskey.as_view()), name="mfa_add_webauthn"),
        path("passkeys/<int:pk>/name/", login_required(factors.PasskeyName.as_view()), name="mfa_edit_webauthn"),
        path("passkeys/<int:pk>/remove/", login_required(factors.PasskeyOff.as_view()), name="mfa_remove_webauthn"),
    ]
    in_a_demo = [path("demo/", cast, name="cast"), path("demo/sample.csv", sample, name="cast_sample")]
    return [*patterns, *in_a_demo] if settings.DEMO else patterns
