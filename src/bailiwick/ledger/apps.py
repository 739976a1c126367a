from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings


class Ledger(AppConfig):
    name = "bailiwick.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Every kind of event is known from the start, whichever process this is: else the clock would pass over some."""
        for package in settings.PACKAGES:
            if find_spec(f"bailiwick.{package}.events"):
                import_module(f"bailiwick.{package}.events")
