from django.apps import AppConfig


class Tenancy(AppConfig):
    name = "bailiwick.tenancy"
    label = "tenancy"
