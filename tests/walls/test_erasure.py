"""Invariant 19: of somebody erased nothing is found, in no answer and in no row; counts, money and seals stay."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from bailiwick.desk.lists import LISTS
from bailiwick.kit import Actor, Door
from bailiwick.ledger import asking
from bailiwick.ledger.commands import seal
from bailiwick.ledger.models import Entry
from bailiwick.ledger.queries import broken_seals
from bailiwick.lists import choose
from bailiwick.lists.commands import save_view
from bailiwick.network.commands import erase_person, give_token, leave, open_access
from bailiwick.network.models import Access, Login, Person, Session
from bailiwick.network.queries import scope_of
from bailiwick.notices.commands import NewMessage, tell
from bailiwick.pipeline.commands import (
    NewActivity,
    NewOpportunity,
    complete_task,
    keep_promise,
    log_activities,
    lose,
    open_opportunities,
    promise,
    win,
)
from bailiwick.pipeline.models import Activity, Opportunity, Promise
from bailiwick.territories.commands import add_accounts, add_contacts, erase_contact
from bailiwick.web.sessions import SessionStore
from tests.lists.changed import a_change
from tests.village import NOW, PASSWORD, TODAY, Village
from tests.walls.doors import page_doors
from tests.walls.reading import tables
from tests.walls.world import browser

NAME, MAIL, PHONE = "Xantippe Quorx", "xantippe.quorx@private.example", "+49 151 98765432"
PERSONAL = ("Xantippe", "Quorx", "xantippe", "98765432")
NOTE, DONE_TASK, KEPT_PROMISE, REASON = "Notizzz", "Erledigttt", "Gehaltennn", "Grunddd"
OPEN_TASK, OPEN_PROMISE = "Offenaufgabeee", "Offenzusageee"
WRITTEN = (NOTE, DONE_TASK, KEPT_PROMISE, REASON)
HANDED_OVER = (OPEN_TASK, OPEN_PROMISE)


def dump() -> str:
    """Every row of every table as text, sessions opened."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def sessions() -> str:
    """What web sessions hold, which stands in the table encoded."""
    return "\n".join(json.dumps(SessionStore().decode(one.session_data), default=str) for one in Session.objects.all())


def actor(village: Village, name: str) -> Actor:
    return Actor(scope_of(village.by.network, village.people[name].pk, NOW), Door.PAGE)


def found_in(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word.lower() in text.lower()]


@pytest.fixture
def worked(village: Village) -> Village:
    """Noor has another name, has worked, was told things, gave herself a token, and asked the API with a key."""
    noor = village.people["noor"]
    Person.objects.in_network(village.by).filter(pk=noor.pk).update(name=NAME, email=MAIL, phone=PHONE)
    Access.objects.filter(network=village.by.network, person=noor.pk).delete()
    open_access(person=noor.pk, email=MAIL, password=PASSWORD, by=village.by, now=NOW)
    by, company = actor(village, "noor"), village.accounts["Arno Papier AG"].pk
    deal, lost = village.deals["Hafen Logistik GmbH terminals"].pk, village.deals["Lindhall AB terminals"].pk
    today, later = TODAY, TODAY + timedelta(days=3)
    note = NewActivity(kind="note", text=f"{NOTE} {NAME}", account=company, day=today)
    done = NewActivity(kind="call", text=DONE_TASK, account=company, due=today)
    plan = NewActivity(kind="call", text=f"{OPEN_TASK}", opportunity=deal, due=later)
    _, task, _ = log_activities([note, done, plan], by=by, now=NOW)
    complete_task(task.pk, text=f"{DONE_TASK} gut", by=by, now=NOW)
    keep_promise(promise(text=KEPT_PROMISE, due=today, account=company, by=by, now=NOW).pk, by=by, now=NOW)
    promise(text=OPEN_PROMISE, due=later, opportunity=deal, by=by, now=NOW)
    lose(lost, reason=REASON, by=by, now=NOW)
    [third] = open_opportunities(
        [NewOpportunity(title="Won one", account=company, value=Decimal(5000), currency="EUR")], by=by, now=NOW
    )
    win(third.pk, by=by, now=NOW)
    message = NewMessage(person=noor.pk, kind="digest", about="today", subject=f"For {NAME}", body=f"{NOTE}", not_before=NOW)
    tell([message], by=village.by, now=NOW)
    _, text = give_token(label="x", scope="write", by=by, now=NOW)
    sent = {"activities": [{"kind": "note", "text": f"{NOTE} again", "account": str(company)}]}
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": "one"}
    assert Client().post("/api/v1/activities", sent, content_type="application/json", headers=headers).status_code == 201
    kept_in_lists(village, NAME, MAIL)
    seal(village.by, NOW)
    return village


def kept_in_lists(village: Village, name: str, mail: str) -> None:
    """Somebody else keeps a question that asks for a name, and could undo a change of a title that holds it."""
    by = village.actor("aylin")
    for said in (name, mail):
        chosen = choose(LISTS["pipeline"], {"q": said, "order": "-value"}, by.scope)
        save_view(chosen, name=f"About {said}"[:60], shared="unit", by=by, now=NOW)
    change = a_change(village, "aylin")
    change.rows = [[change.rows[0][0], 1, f"{name}'s deal"]]
    change.save(update_fields=["rows"])


def things(named: dict[str, Any]) -> list[UUID]:
    """Those that were Noor's."""
    return [row.pk for name, row in named.items() if name.startswith(("Hafen", "Arno", "Lindhall"))]


def gone(village: Village) -> UUID:
    """Noor leaves and is erased by the director."""
    noor, aylin = village.people["noor"].pk, actor(village, "aylin")
    shares = {held.id: village.people["ben"].pk for held in asking.holdings(noor, aylin) if held.kind != "unit"}
    leave(person=noor, shares=shares, by=aylin, now=NOW)
    erase_person(person=noor, by=actor(village, "dora"), now=NOW)
    return noor


def test_before_the_erasure_the_words_are_found_so_that_their_absence_means_something(worked: Village) -> None:
    assert found_in(dump(), (*PERSONAL, *WRITTEN, *HANDED_OVER)) == [*PERSONAL, *WRITTEN, *HANDED_OVER]


def test_no_row_of_any_table_holds_name_address_or_words(worked: Village) -> None:
    gone(worked)
    assert found_in(dump(), (*PERSONAL, *WRITTEN)) == []


def test_no_row_holds_the_words_of_what_was_handed_over(worked: Village) -> None:
    gone(worked)
    assert found_in(dump(), HANDED_OVER) == []


def test_no_web_session_holds_the_address(worked: Village) -> None:
    client = Client()
    client.post("/sign-in/", {"login": MAIL, "password": PASSWORD})
    assert client.get("/my-day").status_code == 200
    assert found_in(sessions(), PERSONAL) != []
    gone(worked)
    assert found_in(sessions(), PERSONAL) == []


def test_the_sessions_of_a_login_end_when_somebody_leaves_and_nobody_elses_do(worked: Village) -> None:
    client, other = browser(worked, "noor"), browser(worked, "ben")
    noor = worked.people["noor"].pk
    shares = {held.id: worked.people["ben"].pk for held in asking.holdings(noor, worked.by)}
    leave(person=noor, shares=shares, by=worked.by, now=NOW)
    assert not Session.objects.filter(pk=client.session.session_key).exists()
    assert client.get("/my-day").status_code == 302
    assert other.get("/my-day").status_code == 200


def test_a_session_that_has_expired_keeps_no_address_either(worked: Village) -> None:
    browser(worked, "noor")
    Session.objects.update(expire_date=NOW - timedelta(days=1))
    gone(worked)
    assert not Session.objects.exists()


@pytest.mark.parametrize("reader", ["dora", "ben"])
def test_no_page_answers_with_name_address_or_words(worked: Village, reader: str) -> None:
    noor = gone(worked)
    client, told = browser(worked, reader), []
    named = {"account": things(worked.accounts), "deal": things(worked.deals)}
    named |= {"person": [noor, worked.people["ben"].pk], "unit": [worked.units["cobalt"].pk]}
    for door in page_doors():
        if door.acts or len(door.kinds) > 1:
            continue
        for thing in named.get(door.kinds[0], []) if door.kinds else [None]:
            answer = client.get(door.address(*([thing] if thing else [])))
            assert answer.status_code < 500, (door, answer.status_code)
            told += [(str(door), word) for word in found_in(answer.content.decode(), (*PERSONAL, *WRITTEN))]
    assert told == []


@pytest.mark.parametrize("reader", ["dora", "ben"])
def test_no_endpoint_answers_with_name_address_or_words(worked: Village, reader: str) -> None:
    noor = gone(worked)
    _, text = give_token(label="x", scope="read", by=actor(worked, reader), now=NOW)
    client, told = Client(), []
    deals = Opportunity.objects.seen_by(actor(worked, reader).scope).values_list("pk", flat=True)
    accounts = things(worked.accounts)
    paths = [
        "/people?limit=200",
        f"/people/{noor}",
        "/opportunities?limit=200",
        "/accounts?limit=200",
        "/promises",
        "/tasks",
        "/leads",
        "/me/kept",
        f"/opportunities?person={noor}",
    ]
    paths += [f"/opportunities/{one}{more}" for one in deals for more in ("", "/history", "/activities")]
    paths += [f"/accounts/{one}{more}" for one in accounts for more in ("", "/history", "/activities", "/contacts")]
    for path in paths:
        answer = client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {text}"})
        assert answer.status_code in (200, 404), (path, answer.status_code)
        told += [(path, word) for word in found_in(answer.content.decode(), (*PERSONAL, *WRITTEN))]
    assert told == []


def test_counts_money_and_days_are_what_they_were(worked: Village) -> None:
    def figures() -> list[object]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), sum(value), count(decided), min(decided), sum(('x' || left(md5(currency), 8))::bit(32)::int) FROM pipeline_opportunity"
            )
            found = list(cursor.fetchone())
            cursor.execute(
                "SELECT kind, count(*), count(done), min(day), max(due) FROM pipeline_activity GROUP BY kind ORDER BY kind"
            )
            found += cursor.fetchall()
            cursor.execute("SELECT count(*), count(kept), min(due) FROM pipeline_promise")
            return [*found, *cursor.fetchone()]

    before = figures()
    gone(worked)
    assert figures() == before


def test_seals_hold_and_the_events_are_all_there(worked: Village) -> None:
    before = set(Entry.objects.in_network(worked.by).values_list("pk", flat=True))
    gone(worked)
    assert before <= set(Entry.objects.in_network(worked.by).values_list("pk", flat=True))
    assert broken_seals(worked.by) == []


def test_the_erased_person_is_called_that(worked: Village) -> None:
    noor = gone(worked)
    assert asking.names([noor], actor(worked, "dora").scope) == {noor: asking.names([noor], actor(worked, "aylin").scope)[noor]}
    assert str(asking.names([noor], actor(worked, "dora").scope)[noor]) == "erased person"


def test_the_login_of_the_erased_opens_nothing_and_is_gone(worked: Village) -> None:
    gone(worked)
    assert not Login.objects.filter(email=MAIL).exists()
    client = Client()
    client.post("/sign-in/", {"login": MAIL, "password": PASSWORD})
    assert client.get("/my-day").status_code == 302


def test_what_others_kept_from_answers_of_the_api_holds_no_name(worked: Village) -> None:
    """An answer that a manager got and keeps under a key quotes who was concerned."""
    _, text = give_token(label="x", scope="write", by=actor(worked, "aylin"), now=NOW)
    task = Activity.objects.in_network(worked.by).get(text=OPEN_TASK)
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": "kept"}
    where = f"/api/v1/activities/{task.pk}/complete"
    answer = Client().post(where, {"text": ""}, content_type="application/json", headers=headers)
    assert OPEN_TASK in answer.content.decode()
    gone(worked)
    assert found_in(dump(), (OPEN_TASK,)) == []


def test_only_the_director_erases_and_only_who_has_left(worked: Village) -> None:
    from bailiwick.kit import NotAllowed, Refused

    noor = worked.people["noor"].pk
    with pytest.raises(Refused, match="still_here"):
        erase_person(person=noor, by=actor(worked, "dora"), now=NOW)
    for other in ("aylin", "ben", "paula", "stefan"):
        with pytest.raises(NotAllowed):
            erase_person(person=noor, by=actor(worked, other), now=NOW)


def test_of_an_erased_contact_nothing_is_found(village: Village) -> None:
    noor, account = actor(village, "noor"), village.accounts["Hafen Logistik GmbH"].pk
    card = {"name": "Yggdra Vlonk", "position": "Vlonkchefin", "email": "yggdra@vlonk.example", "phone": "+49 30 5550555"}
    contact = add_contacts(account, [card], whose=village.side("noor"), by=noor, now=NOW)[0]
    log_activities(
        [NewActivity(kind="call", text="called her", account=account, contact=contact.pk, day=TODAY)], by=noor, now=NOW
    )
    kept_in_lists(village, card["name"], card["email"])
    words = ("Yggdra", "Vlonk", "5550555")
    assert found_in(dump(), words) == list(words)
    seal(village.by, NOW)
    counted = Activity.objects.in_network(village.by).count()
    erase_contact(contact.pk, by=noor, now=NOW)
    assert found_in(dump(), words) == []
    for name in ("noor", "aylin", "dora"):
        client = browser(village, name)
        for path in (f"/accounts/{account}", f"/accounts/{account}/change", "/my-day", "/pipeline", "/accounts?q=Yggdra"):
            assert found_in(client.get(path, follow=True).content.decode(), words[1:]) == [], path
    assert Activity.objects.in_network(village.by).count() == counted
    assert broken_seals(village.by) == []


def test_an_erased_contact_is_not_understood_in_a_line_any_more(village: Village) -> None:
    noor, account = actor(village, "noor"), village.accounts["Hafen Logistik GmbH"].pk
    contact = add_contacts(account, [{"name": "Yggdra Vlonk"}], whose=village.side("noor"), by=noor, now=NOW)[0]
    client = browser(village, "noor")
    before = client.post("/line/preview", {"line": "called Yggdra Vlonk"}).content.decode()
    erase_contact(contact.pk, by=noor, now=NOW)
    after = client.post("/line/preview", {"line": "called Yggdra Vlonk"}).content.decode()
    assert "Hafen Logistik" in before
    assert "Hafen Logistik" not in after


def test_every_tenant_table_was_looked_at(village: Village) -> None:
    assert len(tables()) > 20
    assert Promise._meta.db_table in tables()
    assert add_accounts is not None


def test_what_others_wrote_stays_where_the_erased_only_had_a_hand_in_it(worked: Village) -> None:
    """Ben's own words on Ben's own task: Noor's manager, or whoever else finished it, is not its author."""
    ben = actor(worked, "ben")
    [task] = log_activities([NewActivity(kind="call", text="Bens eigene Worte", due=TODAY)], by=ben, now=NOW)
    complete_task(task.pk, by=actor(worked, "aylin"), now=NOW)
    aylin = worked.people["aylin"].pk
    dora = actor(worked, "dora")
    leave(person=aylin, shares={}, by=dora, now=NOW)
    erase_person(person=aylin, by=dora, now=NOW)
    assert Activity.objects.in_network(worked.by).get(pk=task.pk).text == "Bens eigene Worte"


def test_words_that_the_erased_added_to_what_somebody_else_planned_are_gone(worked: Village) -> None:
    """They cannot be told apart from the words before, so that these go as well."""
    [task] = log_activities([NewActivity(kind="call", text="Bens Worte", due=TODAY)], by=actor(worked, "ben"), now=NOW)
    complete_task(task.pk, text="Aylins Worte", by=actor(worked, "aylin"), now=NOW)
    aylin, dora = worked.people["aylin"].pk, actor(worked, "dora")
    leave(person=aylin, shares={}, by=dora, now=NOW)
    erase_person(person=aylin, by=dora, now=NOW)
    assert Activity.objects.in_network(worked.by).get(pk=task.pk).text == ""


def test_whoever_brought_in_a_file_is_not_the_author_of_its_words(worked: Village) -> None:
    ben = worked.people["ben"].pk
    aylin = actor(worked, "aylin")
    importing = Actor(aylin.scope, Door.IMPORT)
    new = NewActivity(kind="note", text="Aus der Datei", day=TODAY, source="crm", source_id="1")
    [row] = log_activities([new], whose=worked.side("ben"), by=importing, now=NOW)
    leave(person=aylin.person, shares={}, by=actor(worked, "dora"), now=NOW)
    erase_person(person=aylin.person, by=actor(worked, "dora"), now=NOW)
    row.refresh_from_db(from_queryset=Activity.objects.in_network(worked.by))
    assert (row.person_id, row.text) == (ben, "Aus der Datei")


def test_an_event_of_before_authors_were_told_apart_counts_as_written(worked: Village) -> None:
    """Schema 1 of a logged activity does not say who wrote: when in doubt the words go."""
    ben, noor = actor(worked, "ben"), worked.people["noor"].pk
    [row] = log_activities([NewActivity(kind="note", text="Altes", day=TODAY)], by=ben, now=NOW)
    entry = Entry.objects.in_network(worked.by).get(subject=row.pk)
    facts = {name: fact for name, fact in entry.facts.items() if name != "wrote"}
    common = {
        "network_id": worked.by.network,
        "kind": entry.kind,
        "schema": 1,
        "happened": NOW,
        "recorded": NOW,
        "day": TODAY,
    }
    Entry.objects.in_network(worked.by).create(subject=row.pk, about=[row.pk], by=noor, door="page", facts=facts, **common)
    gone(worked)
    assert Activity.objects.in_network(worked.by).get(pk=row.pk).text == ""
