from django.apps import AppConfig


class Pipeline(AppConfig):
    name = "bailiwick.pipeline"
    label = "pipeline"
