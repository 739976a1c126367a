from django.apps import AppConfig


class Lists(AppConfig):
    name = "bailiwick.lists"
    label = "lists"
