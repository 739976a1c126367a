"""Signing in: allauth's views in our own pages, nobody signs up by themselves, and the demo's page of one click."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import NoReverseMatch, URLPattern, path, re_path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi, gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bailiwick.network.commands import address_proved
from bailiwick.network.models import Access
from bailiwick.network.queries import scope_of
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import within

if TYPE_CHECKING:
    from bailiwick.demo import Chapter

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Adapter(DefaultAccountAdapter):
    """What allauth asks of us."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited by those who staff a unit."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out is its own message."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"


def bare(request: HttpRequest) -> dict[str, Any]:
    """What a page without navigation needs around it."""
    token = get_token(request)
    return {
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "csrf_token": token,
        "csrf_input": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        "messages": [],
        "demo": settings.DEMO,
    }


def closed(request: HttpRequest) -> HttpResponse:
    """There is no signing up."""
    from bailiwick.web.problems import problem

    sentence = gettext("Nobody signs up here by themselves.")
    return problem(request, 403, gettext("By invitation"), sentence, gettext("Ask the manager of your unit to enter you."))


@require_http_methods(["GET", "POST"])
def cast(request: HttpRequest) -> HttpResponse:
    """The demo's story and its cast; one click signs in as one of them. Registered only in a demo, and only for its networks."""
    from bailiwick.demo import STORY
    from bailiwick.demo import cast as members

    network = _demonstration()
    shown = members(network)
    people = {one.email: one for one in shown}
    if request.method == "POST":
        chapter = next((one for number, one in enumerate(STORY, 1) if str(number) == request.GET.get("chapter")), None)
        chosen = next((one for one in shown if str(one.person) == request.POST.get("person")), None)
        if chosen is None or (chapter and chapter.email != chosen.email):
            raise Http404
        access = Access.objects.select_related("login").get(network=network, person=chosen.person)
        request.session.flush()
        login(request, access.login, backend=BACKEND)
        return HttpResponseRedirect(_begins(chapter, network, chosen.person) if chapter else "/")
    story = [(number, one, people[one.email]) for number, one in enumerate(STORY, 1) if one.email in people]
    return render(request, "account/cast.html", bare(request) | {"story": story, "cast": shown, "network": network})


def _demonstration() -> Network:
    """The newest demonstration network; 404 where this process serves none."""
    network = Network.objects.filter(demo=True).order_by("-created").first() if settings.DEMO else None
    if network is None:
        raise Http404
    return network


def _begins(chapter: "Chapter", network: Network, person: UUID) -> str:
    """Where a chapter begins: its page, or the person's first page where there is no such page."""
    with within(network.pk):
        home = scope_of(network.pk, person, datetime.now(UTC)).home
    try:
        return reverse(chapter.page, args=[home.unit] if chapter.of_unit and home else [])
    except NoReverseMatch:
        return "/"


@require_http_methods(["GET", "HEAD"])
def sample(request: HttpRequest) -> HttpResponse:
    """The demo's file to take over. Registered only in a demo."""
    from bailiwick.demo import SAMPLE
    from bailiwick.demo import sample as written

    today = datetime.now(ZoneInfo(_demonstration().zone)).date()
    headers = {"Content-Disposition": f'attachment; filename="{SAMPLE}"'}
    return HttpResponse(written(today), content_type="text/csv; charset=utf-8", headers=headers)


def to_cast(request: HttpRequest) -> HttpResponseBase:
    """In a demo the sign-in page is the cast; `?password=1` shows the real one."""
    if request.method == "GET" and "password" not in request.GET:
        return HttpResponseRedirect(reverse("cast"))
    return sign_in(request)


class SignIn(views.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}


class SignOut(views.LogoutView):
    http_method_names = ("post",)


class Forgotten(views.PasswordResetView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}


class ForgottenDone(views.PasswordResetDoneView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}


class NewPassword(views.PasswordResetFromKeyView):
    """The link came by mail: whoever sets a password here reads the mail of the address."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        address_proved(self.reset_user.pk)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}


class NewPasswordDone(views.PasswordResetFromKeyDoneView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}


class ChangePassword(views.PasswordChangeView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}


class FirstPassword(views.PasswordSetView):
    """For a login that has none yet: whoever asks to change it is sent here."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}


sign_in = sensitive_post_parameters("password")(SignIn.as_view())


def urlpatterns() -> list[URLPattern]:
    """The doors of signing in; the cast is among them in a demo only."""
    # The key holds hyphens of its own and the id none: as slugs the id would take all but the last part.
    key = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$"
    patterns = [
        path("sign-in/", to_cast if settings.DEMO else sign_in, name="account_login"),
        path("sign-out/", SignOut.as_view(), name="account_logout"),
        path("sign-up/", closed, name="account_signup"),
        path("inactive/", closed, name="account_inactive"),
        path("password/reset/", Forgotten.as_view(), name="account_reset_password"),
        path("password/reset/done/", ForgottenDone.as_view(), name="account_reset_password_done"),
        re_path(key, NewPassword.as_view(), name="account_reset_password_from_key"),
        path("password/reset/key/done/", NewPasswordDone.as_view(), name="account_reset_password_from_key_done"),
        path("password/change/", ChangePassword.as_view(), name="account_change_password"),
        path("password/first/", login_required(FirstPassword.as_view()), name="account_set_password"),
    ]
    in_a_demo = [path("demo/", cast, name="cast"), path("demo/sample.csv", sample, name="cast_sample")]
    return [*patterns, *in_a_demo] if settings.DEMO else patterns
