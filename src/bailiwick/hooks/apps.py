from django.apps import AppConfig


class Hooks(AppConfig):
    name = "bailiwick.hooks"
    label = "hooks"
