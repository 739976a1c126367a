from django.apps import AppConfig


class Web(AppConfig):
    name = "bailiwick.web"
    label = "web"
