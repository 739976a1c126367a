from django.apps import AppConfig


class Performance(AppConfig):
    name = "bailiwick.performance"
    label = "performance"
