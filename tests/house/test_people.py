"""What is kept about a person can be asked for: each table that names people is answered for by a package."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from bailiwick.config.answers import ANSWERS
from bailiwick.kit import Actor, Door, Role, Scope
from bailiwick.ledger.asking import Answers
from bailiwick.network.commands import add_members, add_people, erase_person, leave, open_access
from bailiwick.network.commands.people import NewMember
from bailiwick.network.models import Person
from bailiwick.network.queries import scope_of
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.tenancy.walls import TenantKey
from tests.house.source import house_models, package_of
from tests.village import NOW, Village

PERSON_COLUMNS = {"person", "person_id", "viewer", "viewer_id", "by", "by_id", "subject"}
# Which package tells a person what each table holds about them: `kept_about` reads it.
ANSWERED_BY = {
    "exchange.Import": "exchange",
    "exchange.StandingSource": "exchange",
    "hooks.Hook": "hooks",
    "ledger.Entry": "ledger",
    "ledger.AccessRecord": "ledger",
    "ledger.Kept": "ledger",
    "lists.Change": "lists",
    "lists.View": "lists",
    "network.Access": "network",
    "network.Invitation": "network",
    "network.Person": "network",
    "network.Membership": "network",
    "network.Sight": "network",
    "notices.Message": "notices",
    "territories.Holding": "territories",
    "territories.Tie": "territories",
    "performance.Target": "performance",
    "pipeline.Activity": "pipeline",
    "pipeline.Arrival": "pipeline",
    "pipeline.Lead": "pipeline",
    "pipeline.Opportunity": "pipeline",
    "pipeline.Promise": "pipeline",
}
# Tables with a column for a person that say nothing about one, each with its reason.
SAY_NOTHING = {
    "ledger.Erasure": "the list of the erased: an id that no name belongs to any more",
    "pipeline.Line": "copies the seller of its opportunity, which is listed",
    "pipeline.Stage": "copies the seller of its opportunity, which is listed",
    "territories.Potential": "a territory's; the column is there for sight",
}


def answering() -> dict[str, Answers]:
    return {module.__name__.split(".")[1]: module for module in ANSWERS}


def names_a_person(model: type[Model]) -> bool:
    keys = (field for field in model._meta.local_fields if isinstance(field, TenantKey))
    return (
        model is Person
        or any(key.related_model is Person for key in keys)
        or bool(PERSON_COLUMNS & {f.name for f in model._meta.local_fields})
    )


def test_every_table_that_names_a_person_is_answered_for() -> None:
    naming = {model._meta.label for model in house_models() if names_a_person(model)}
    assert naming == set(ANSWERED_BY) | set(SAY_NOTHING)


def test_every_package_with_answers_is_asked() -> None:
    having = {package_of(model) for model in house_models()} & {name.split(".")[0] for name in ANSWERED_BY}
    assert having <= set(answering())


def test_every_package_that_is_asked_answers_every_question() -> None:
    questions = [name for name in vars(Answers) if not name.startswith("_")]
    for package, module in answering().items():
        assert not [question for question in questions if not callable(getattr(module, question, None))], package


def watched(act: Callable[[], Any]) -> str:
    """The statements of `act`."""
    said: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        act()
    return "\n".join(said)


@pytest.mark.parametrize("label", sorted(ANSWERED_BY))
def test_what_is_kept_about_me_is_read_from_every_table_that_names_me(label: str, village: Village) -> None:
    model = next(one for one in house_models() if one._meta.label == label)
    noor = village.actor("noor")
    said = watched(lambda: [list(kept.rows) for kept in answering()[ANSWERED_BY[label]].kept_about(noor.person, noor.scope)])
    columns = "|".join(sorted(PERSON_COLUMNS | {"id"}))
    assert re.search(rf'FROM "{model._meta.db_table}".*WHERE.*"({columns}|viewer_id)" = ', said), (
        "kept_about does not ask this table for the person"
    )


def test_somebody_out_of_sight_is_not_told_what_is_kept_about_others(village: Village) -> None:
    nobody = Scope(village.by.network, village.people["ines"].pk)
    found = [kept for answers in ANSWERS for kept in answers.kept_about(village.people["noor"].pk, nobody)]
    assert not [str(kept.what) for kept in found if kept.rows and str(kept.what) != "login"]


def texts() -> list[tuple[str, str]]:
    """Every text column of the store."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('character varying', 'text', 'jsonb')"
        )
        return cursor.fetchall()


def test_the_name_and_the_words_of_an_erased_person_are_nowhere_in_the_store(village: Village) -> None:
    unit, began = village.units["cobalt"], NOW - timedelta(days=1)
    card = {"name": "Xanthippe Zzyzx", "email": "xanthippe@zzyzx.example", "phone": "+49 40 9876543210"}
    person = add_people([card], organization=unit.organization_id, unit=unit.pk, by=village.by, now=began)[0]
    add_members([NewMember(person=person.pk, unit=unit.pk, role=Role.SELLER)], by=village.by, now=began)
    open_access(person=person.pk, email=card["email"], password=None, by=village.by, now=began)
    self = Actor(scope_of(village.by.network, person.pk, NOW), Door.PAGE)
    log_activities([NewActivity(kind="note", text="Xanthippe wrote this", day=began.date())], by=self, now=NOW)
    leave(person=person.pk, shares={}, by=village.by, now=NOW)
    assert found("zzyzx|xanthippe|9876543210")
    erase_person(person=person.pk, by=village.by, now=NOW + timedelta(minutes=1))
    assert not found("zzyzx|xanthippe|9876543210")


def found(words: str) -> list[str]:
    """The text columns of the store in which one of the words stands."""
    there = []
    with connection.cursor() as cursor:
        for table, column in texts():
            cursor.execute(f'SELECT FROM "{table}" WHERE "{column}"::text ~* %s LIMIT 1', [words])
            there += [f"{table}.{column}"] * cursor.rowcount
    return there
