"""The addresses of a process that `bailiwick demo` started."""

from django.urls import path

from bailiwick.config.urls import urlpatterns as plain
from bailiwick.web.signin.cast import cast, sample

urlpatterns = [path("demo/", cast, name="cast"), path("demo/sample.csv", sample, name="cast_sample"), *plain]
