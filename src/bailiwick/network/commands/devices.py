"""Browsers that show messages by themselves, each for as long as its session."""

from datetime import datetime

from bailiwick.network.models import PushDevice, Session


def show_on(session: str, *, address: str, key: str, auth: str, now: datetime) -> None:
    """The browser of this session is told from now on, at this address only; nothing for a session that has ended."""
    PushDevice.objects.filter(address=address).exclude(session=session).delete()
    if Session.objects.filter(pk=session).exists():
        told = {"address": address, "key": key, "auth": auth}
        PushDevice.objects.update_or_create(session_id=session, defaults=told, create_defaults={**told, "since": now})


def show_no_more(session: str) -> None:
    """The browser of this session is told nothing more."""
    PushDevice.objects.filter(session=session).delete()


def gone(address: str) -> None:
    """The service of the browser's maker knows no such address any more."""
    PushDevice.objects.filter(address=address).delete()
