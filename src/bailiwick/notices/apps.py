from django.apps import AppConfig


class Notices(AppConfig):
    name = "bailiwick.notices"
    label = "notices"
