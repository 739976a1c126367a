"""The addresses of the API alone: what these tests speak to, whatever else is wired."""

from bailiwick.api import urls

urlpatterns = urls.urlpatterns()
