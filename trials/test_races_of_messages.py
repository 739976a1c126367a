"""Fifty senders, clocks and directors at once: each message leaves once, each import is taken in and undone once."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from uuid import UUID

from bailiwick.cli.importer import take_next
from bailiwick.exchange.commands.giving import ask_for
from bailiwick.exchange.commands.undoing import undo
from bailiwick.exchange.models import Import, Taken
from bailiwick.hooks.commands import add_hook, claim, compose, turn_secret
from bailiwick.hooks.commands.declaring import MOST
from bailiwick.hooks.models import Delivery, Hook
from bailiwick.network.commands.access import give_token, paced
from bailiwick.notices.commands import NewMessage, claim_pushes, send_waiting, tell
from bailiwick.notices.models import Message
from bailiwick.pipeline.commands import NewActivity, change_opportunity, log_activities
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import within
from tests.exchange.small import rehearsal, taken
from tests.village import Village
from trials.racing import RUNNERS, race
from trials.villagers import actor, events, now


def noted(folder: Path) -> Counter[str]:
    """What the runners wrote down, a line each, and how often."""
    return Counter(line for file in folder.iterdir() for line in file.read_text().split())


def write_down(folder: Path, number: int, ids: list[UUID]) -> None:
    (folder / str(number)).write_text(" ".join(map(str, ids)))


def a_hook(village: Village, name: str) -> Hook:
    with within(village.by.network):
        return add_hook(label="trial", url="https://receiver.example/in", kinds="*", by=actor(village, name), now=now())[0]


def test_the_tenth_hook_is_one_of_fifty(village: Village) -> None:
    for _ in range(MOST - 1):
        a_hook(village, "ben")
    assert race(lambda turn, number: a_hook(village, "ben"), rounds=1) == [Counter(done=1, too_many_hooks=RUNNERS - 1)]
    with within(village.by.network):
        Hook.objects.in_network(village.by).filter(person=village.people["ben"].pk).delete()


def test_a_secret_turned_fifty_times_at_once_is_two_at_any_time(village: Village) -> None:
    """Each turn keeps the secret before it: whoever was told one knows that the next but one ends it."""
    hook = a_hook(village, "noor")
    with TemporaryDirectory() as folder:

        def turn_it(turn: int, number: int) -> None:
            with within(village.by.network):
                turned, _ = turn_secret(hook.pk, by=actor(village, "noor"), now=now())
            (Path(folder) / str(number)).write_text(f"{turned.salt_before} {turned.salt}")

        assert race(turn_it, rounds=1) == [Counter(done=RUNNERS)]
        told = dict(file.read_text().split() for file in Path(folder).iterdir())
    chain = [hook.salt]
    while chain[-1] in told:
        chain.append(told[chain[-1]])
    assert len(chain) == RUNNERS + 1, "two turned the same secret"
    with within(village.by.network):
        stored = Hook.objects.in_network(village.by).get(pk=hook.pk)
        assert (stored.salt_before, stored.salt) == (chain[-2], chain[-1])
        stored.delete()


def test_a_delivery_is_composed_once_and_claimed_by_one_of_fifty_senders(village: Village) -> None:
    hook = a_hook(village, "noor")
    with within(village.by.network):
        log_activities([NewActivity(kind="call", text="x", day=now().date())] * 60, by=actor(village, "noor"), now=now())
    with TemporaryDirectory() as folder:

        def send(turn: int, number: int) -> None:
            with within(village.by.network):
                compose(by=village.by, now=now())
            found: list[UUID] = []
            for _ in range(5):
                with within(village.by.network):
                    found += [one.delivery for one in claim(by=village.by, now=now())]
            write_down(Path(folder), number, found)

        assert race(send, rounds=1) == [Counter(done=RUNNERS)]
        claimed = noted(Path(folder))
    with within(village.by.network):
        rows = Delivery.objects.in_network(village.by).filter(hook=hook)
        assert rows.values("entry").distinct().count() == rows.count() >= 60
        assert set(claimed.values()) == {1}, "two senders claimed one delivery"
        assert len(claimed) >= 60
        Hook.objects.in_network(village.by).filter(pk=hook.pk).delete()


def test_a_message_told_fifty_times_is_there_once_and_leaves_once_by_mail_and_once_by_push(village: Village) -> None:
    who, at = village.people["noor"].pk, now() - timedelta(minutes=1)
    about = [f"trial {number} {at:%f}" for number in range(40)]
    new = [NewMessage(person=who, kind="trial", about=one, subject=one, body=one, not_before=at) for one in about]

    def tell_all(turn: int, number: int) -> None:
        with within(village.by.network):
            tell(new, by=village.by, now=now())

    assert race(tell_all, rounds=1) == [Counter(done=RUNNERS)]
    with TemporaryDirectory() as mails, TemporaryDirectory() as pushes:

        def send(turn: int, number: int) -> None:
            left: list[UUID] = []
            with within(village.by.network):
                send_waiting(lambda one: left.append(one.pk), by=village.by, now=now(), most=7)
            with within(village.by.network):
                told = claim_pushes(by=village.by, now=now(), most=7)
            write_down(Path(mails), number, left)
            write_down(Path(pushes), number, [one.pk for one in told])

        assert race(send, rounds=1) == [Counter(done=RUNNERS)]
        sent, pushed = noted(Path(mails)), noted(Path(pushes))
    with within(village.by.network):
        mine = {str(pk) for pk in Message.objects.in_network(village.by).filter(kind="trial").values_list("pk", flat=True)}
    assert len(mine) == len(about)
    for left in (sent, pushed):
        assert {pk: left[pk] for pk in mine} == dict.fromkeys(mine, 1)


def test_every_request_of_fifty_callers_with_one_token_is_counted(village: Village) -> None:
    with within(village.by.network):
        token, _ = give_token(label="trial", scope="read", by=actor(village, "noor"), now=now())
    at = now()
    with TemporaryDirectory() as folder:

        def ask(turn: int, number: int) -> None:
            (Path(folder) / str(number)).write_text(" ".join(str(paced(token, at)) for _ in range(10)))

        assert race(ask, rounds=1) == [Counter(done=RUNNERS)]
        counted = noted(Path(folder))
    assert sorted(map(int, counted)) == list(range(1, 10 * RUNNERS + 1))
    assert set(counted.values()) == {1}


def test_an_import_asked_for_and_taken_in_by_fifty_is_taken_in_once(village: Village) -> None:
    from bailiwick.exchange.commands.giving import answer, give
    from bailiwick.exchange.commands.unpacking import Given
    from tests.exports import DEALS

    with within(village.by.network):
        by = actor(village, "dora")
        of = give([Given("deals.csv", DEALS.encode())], "racing", "EUR", by=by, now=now())
        answers = {question["key"]: question["choices"][0][0] for question in of.mapping["questions"] if not question["answer"]}
        of = answer(of.pk, answers=answers, by=by, now=now()) if answers else of

    def ask(turn: int, number: int) -> None:
        with within(village.by.network):
            ask_for(of.pk, by=actor(village, "dora"), now=now())

    assert race(ask, rounds=1) == [Counter(done=1, not_waiting=RUNNERS - 1)]
    network = Network.objects.get(pk=village.by.network)
    assert race(lambda turn, number: take_next(network, now(), Event()), rounds=1) == [Counter(done=RUNNERS)]
    with within(village.by.network):
        stored = Import.objects.in_network(village.by).get(pk=of.pk)
        assert stored.state == Import.State.TAKEN, json.dumps(stored.report)
        made = Taken.objects.in_network(village.by).filter(of=of, kind="opportunity")
        assert len(set(made.values_list("key", flat=True))) == made.count() > 0
    assert events(village, "exchange.import_taken", of.pk) == 1
    _undone_once(village, of.pk)


def _undone_once(village: Village, which: UUID) -> None:
    def take_back(turn: int, number: int) -> None:
        with within(village.by.network):
            undo(which, by=actor(village, "dora"), now=now())

    assert race(take_back, rounds=1) == [Counter(done=1, not_taken=RUNNERS - 1)]
    assert events(village, "exchange.import_undone", which) == 1


def test_what_people_say_while_an_import_is_undone_stays(village: Village) -> None:
    with within(village.by.network):
        of = taken(rehearsal(), village.by)
        rows = Taken.objects.in_network(village.by).filter(of=of, kind="opportunity").values_list("row", flat=True)
        open_ones = Opportunity.objects.in_network(village.by).filter(pk__in=rows, outcome="open")
        which = dict(open_ones.values_list("pk", "version"))
    assert len(which) > 1
    deals_of = sorted(which)

    def edit_or_undo(turn: int, number: int) -> None:
        with within(village.by.network):
            if number == RUNNERS // 2:
                undo(of.pk, by=village.by, now=now())
            else:
                one = deals_of[number % len(deals_of)]
                values = {"origin": f"said {number}"}
                change_opportunity(one, values=values, version=which[one], by=village.by, now=now())

    (outcomes,) = race(edit_or_undo, rounds=1)
    assert set(outcomes) <= {"done", "stale", "not_found"}
    with within(village.by.network):
        left = dict(Opportunity.objects.in_network(village.by).filter(pk__in=which).values_list("pk", "origin"))
    for one in which:
        said = events(village, "pipeline.opportunity_stated", one)
        assert said == (one in left and left[one].startswith("said")), "somebody's word went with the import"
