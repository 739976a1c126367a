"""Rows that fifty would bring at once: a mail that comes by several doors, sales lines by name, an erasure while others write."""

from collections import Counter
from email.message import EmailMessage
from email.utils import format_datetime

from bailiwick.exchange.commands.standing import give_key, make_standing
from bailiwick.exchange.models import StandingSource
from bailiwick.ledger.models import Erasure
from bailiwick.network.commands import erase_person, leave
from bailiwick.network.models import ApiToken, Person
from bailiwick.offer.commands import add_products
from bailiwick.offer.models import Product, SalesLine
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.pipeline.commands.arrivals import keep_arrival, take_in
from bailiwick.pipeline.models import Activity, Arrival
from bailiwick.tenancy.within import within
from tests.exports import an_import
from tests.village import Village
from trials.racing import RUNNERS, race
from trials.villagers import actor, events, newcomers, now


def a_mail(village: Village) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Anna <anna@customer.example>", "noor@village.example", "Your offer"
    mail["Message-ID"], mail["Date"] = f"<{now():%H%M%S%f}@customer.example>", format_datetime(now())
    mail.set_content("We would like to talk about it.")
    return mail.as_bytes()


def test_a_mail_that_comes_fifty_times_at_once_is_proposed_once_and_kept_once(village: Village) -> None:
    raw = a_mail(village)

    def arrive(turn: int, number: int) -> None:
        with within(village.by.network):
            take_in(raw, language="en", by=actor(village, "noor"), now=now())

    assert race(arrive, rounds=1) == [Counter(done=RUNNERS)]
    with within(village.by.network):
        (which,) = Arrival.objects.in_network(village.by).filter(person=village.people["noor"].pk).values_list("pk", flat=True)

    def keep(turn: int, number: int) -> None:
        with within(village.by.network):
            keep_arrival(which, by=actor(village, "noor"), now=now())

    assert race(keep, rounds=1) == [Counter(done=1, not_found=RUNNERS - 1)]
    with within(village.by.network):
        assert Activity.objects.in_network(village.by).filter(source="arrival").count() == 1


def test_a_sales_line_named_by_fifty_at_once_is_one(village: Village) -> None:
    line = f"Line {now():%H%M%S%f}"

    def add(turn: int, number: int) -> None:
        with within(village.by.network):
            add_products({line: [f"{line} product {number}"]}, by=actor(village, "dora"))

    assert race(add, rounds=1) == [Counter(done=RUNNERS)]
    with within(village.by.network):
        assert SalesLine.objects.in_network(village.by).filter(name=line).count() == 1
        assert Product.objects.in_network(village.by).filter(line__name=line).count() == RUNNERS


def test_somebody_erased_by_many_while_others_write_of_them_is_erased_once_for_all(village: Village) -> None:
    """What is written of them while they are erased is written of a number: no name comes back, and no act is lost."""
    (who,) = newcomers(village, 1)
    with within(village.by.network):
        name = Person.objects.in_network(village.by).get(pk=who).name
        leave(person=who, shares={}, by=village.by, now=now())

    def erase_or_write(turn: int, number: int) -> None:
        with within(village.by.network):
            if number % 5 == 0:
                erase_person(person=who, by=actor(village, "dora"), now=now())
            else:
                new = NewActivity(kind="call", text=f"spoke {number}", day=now().date())
                log_activities([new], by=actor(village, ("noor", "ben")[number % 2]), now=now())

    assert race(erase_or_write, rounds=1) == [Counter(done=RUNNERS)]
    with within(village.by.network):
        assert Person.objects.in_network(village.by).get(pk=who).name != name
        assert Erasure.objects.in_network(village.by).filter(subject=who).count() == 1
    assert events(village, "network.person_erased", who) >= 1


def test_a_source_made_standing_by_fifty_at_once_stands_once_and_has_one_key(village: Village) -> None:
    with within(village.by.network):
        taken = an_import(village, "taken", f"Source {now():%H%M%S%f}")

    def stand(turn: int, number: int) -> None:
        with within(village.by.network):
            which = make_standing(taken.pk, by=actor(village, "dora"), now=now()).pk
        with within(village.by.network):
            give_key(which, by=actor(village, "dora"), now=now())

    assert race(stand, rounds=1) == [Counter(done=RUNNERS)]
    with within(village.by.network):
        (row,) = StandingSource.objects.in_network(village.by).filter(source=taken.source)
        open_keys = ApiToken.objects.filter(label=taken.source, scope="deliver", until=None)
        assert list(open_keys.values_list("pk", flat=True)) == [row.token]
