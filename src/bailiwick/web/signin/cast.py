"""The demo's page of one click: its story and its cast. Registered only in a demo, and only for its networks."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from bailiwick.network.models import Access
from bailiwick.network.queries import scope_of
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import within
from bailiwick.web.signin.around import BACKEND, bare

if TYPE_CHECKING:
    from bailiwick.demo import Chapter


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
