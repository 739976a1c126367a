from django.apps import AppConfig


class Ledger(AppConfig):
    name = "bailiwick.ledger"
    label = "ledger"
