from django.apps import AppConfig


class Territories(AppConfig):
    name = "bailiwick.territories"
    label = "territories"
