"""The application as granian loads it."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.settings")
application = get_wsgi_application()
# Pages are imported before the first connection is accepted: a worker that takes the place of a dead one makes nobody wait.
get_resolver().url_patterns  # noqa: B018
