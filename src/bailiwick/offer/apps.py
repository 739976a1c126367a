from django.apps import AppConfig


class Offer(AppConfig):
    name = "bailiwick.offer"
    label = "offer"
