"""Addresses: the doors of signing in, every declared page, the API."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from bailiwick.api import problems as problems_of_api
from bailiwick.api import urls as api
from bailiwick.vitals import doors as vitals
from bailiwick.web import dates, device, door, problems, welcome
from bailiwick.web.pages import load
from bailiwick.web.signin import addresses

load()
urlpatterns: list[URLPattern | URLResolver] = [
    *vitals.urlpatterns(),
    *addresses.urlpatterns(),
    *welcome.urlpatterns(),
    *dates.urlpatterns(),
    *device.urlpatterns(),
    *door.urlpatterns(),
    *api.urlpatterns(),
]


def failed(request: HttpRequest) -> HttpResponse:
    """What no door caught, wherever it happened: a problem document below /api/, a page elsewhere."""
    return (problems_of_api.failed if api.is_below(request) else problems.failed)(request)


handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler429 = problems.too_many
handler500 = failed
