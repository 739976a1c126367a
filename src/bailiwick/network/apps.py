from django.apps import AppConfig


class Network(AppConfig):
    name = "bailiwick.network"
    label = "network"
