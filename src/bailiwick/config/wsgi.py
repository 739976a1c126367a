"""The application as granian loads it."""

import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from bailiwick.vitals.ending import end_with

granian = multiprocessing.parent_process()  # None where another server loads this
if granian is not None and granian.pid is not None:
    end_with(granian.pid, signal.SIGKILL)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.settings")
application = get_wsgi_application()
# Pages are imported before the first connection is accepted: a worker that takes the place of a dead one makes nobody wait.
get_resolver().url_patterns  # noqa: B018
