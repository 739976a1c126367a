"""Hooks of the village's people, and senders that post what was claimed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bailiwick.hooks.commands import Outgoing, add_hook, claim, compose, settle
from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.posting import Answer
from bailiwick.kit import Actor
from tests.village import NOW, Village

FINE, BAD = Answer(status=204), Answer(status=500)
URL = "https://receiver.example/in"


def a_hook(village: Village, name: str, *, kinds: str = "*", url: str = URL, label: str = "", past: bool = False) -> Hook:
    """A hook of this person; with `past` it also tells what was recorded before it was there."""
    hook, _ = add_hook(label=label or f"{name} system", url=url, kinds=kinds, by=village.actor(name), now=NOW)
    if past:
        hook.moment = hook.seq = -1
        hook.save(update_fields=["moment", "seq"])
    return hook


def a_delivery(village: Village, hook: Hook, kind: str = "pipeline.won") -> Delivery:
    """A test that was delivered to the hook, at the village's hour."""
    row: Delivery = Delivery.objects.in_network(village.by).create(
        network_id=village.by.network, hook=hook, kind=kind, made=NOW, tried=NOW, delivered=NOW, attempts=1, status=204
    )
    return row


def composed(village: Village, hook: Hook, now: datetime = NOW) -> list[Delivery]:
    """Everything on its way to the hook, put there in as many rounds as it takes."""
    while compose(by=village.by, now=now):
        pass
    return deliveries(village, hook)


def deliveries(village: Village, hook: Hook) -> list[Delivery]:
    return list(Delivery.objects.in_network(village.by).filter(hook=hook).order_by("made", "id"))


def claimed(village: Village, now: datetime = NOW) -> list[Outgoing]:
    """Everything that is due, claimed."""
    found: list[Outgoing] = []
    while more := claim(by=village.by, now=now):
        found += more
    return found


def sent(village: Village, answer: Answer = FINE, now: datetime = NOW) -> list[Outgoing]:
    """Everything that is due has left and was answered so."""
    found = claimed(village, now)
    for one in found:
        settle(one, answer, by=village.by, now=now)
    return found


def until_given_up(village: Village, hook: Hook, answers: Sequence[Answer], by: Actor, now: datetime) -> tuple[datetime, int]:
    """A clock that tries whenever something is due, until nothing is; when that was, and how many attempts there were."""
    tries = 0
    while True:
        due = [row.due for row in deliveries(village, hook) if row.due]
        hook.refresh_from_db(from_queryset=Hook.objects.in_network(by))
        if not due or hook.off:
            return now, tries
        now = max(now, *due) + timedelta(seconds=1)
        for one in claimed(village, now):
            settle(one, answers[min(tries, len(answers) - 1)], by=by, now=now)
            tries += 1
