from django.apps import AppConfig


class Exchange(AppConfig):
    name = "bailiwick.exchange"
    label = "exchange"
