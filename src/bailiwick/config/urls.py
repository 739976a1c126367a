"""Addresses: the doors of signing in, every declared page, the API."""

from django.urls import URLPattern, URLResolver

from bailiwick.api import urls as api
from bailiwick.web import dates, door, problems, signin, welcome
from bailiwick.web.pages import load

load()
urlpatterns: list[URLPattern | URLResolver] = [
    *signin.urlpatterns(),
    *welcome.urlpatterns(),
    *dates.urlpatterns(),
    *door.urlpatterns(),
    *api.urlpatterns(),
]
handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.failed
