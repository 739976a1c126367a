"""The floor's addresses, then those of the product."""

from django.urls import URLPattern, URLResolver, path

from bailiwick.config import urls
from bailiwick.config.urls import handler400, handler403, handler404, handler500
from bench import floor

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("floor/api/", floor.floor.urls),
    path("floor/pipeline", floor.pipeline),
    *urls.urlpatterns,
]
