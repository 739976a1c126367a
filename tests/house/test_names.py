"""Names come from the field: a sales director who reads the list of files finds her own vocabulary."""

import re

from tests.house.source import Named, defined

BANNED = {"service", "handler", "helper", "util", "common", "process", "manager", "info", "data"}
PLURALS = {f"{word}s": word for word in BANNED} | {"processes": "process", "utilities": "util"}
# Names with such a word for a reason.
ALLOWED = {
    "process_in_force": "the sales process",
    "get_context_data": "Django calls it so",
    "receive_data_chunk": "Django calls it so",
    "handle_data": "the parser of the standard library calls it so",
    "data": "store.place: the data directory, PostgreSQL's own word",
}


def words(name: str) -> list[str]:
    """`NewUnit`, `new_unit` and `new_units` as words, in the singular where it matters."""
    split = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)
    return [PLURALS.get(word.lower(), word.lower()) for word in split]


def banned(one: Named) -> set[str]:
    """The banned words in a name.

    A *process* is the field's own unless a function processes; a *manager* is a person unless a class or module is one.
    """
    found = set(words(one.name)) & BANNED
    if words(one.name)[:1] != ["process"] or one.kind != "function" or one.name == "process":
        found.discard("process")
    if one.kind == "function" or words(one.name)[-1:] != ["manager"]:
        found.discard("manager")
    return found


def test_no_name_says_service_handler_helper_util_or_the_like() -> None:
    assert not [f"{one.place}: {one.kind} {one.name}" for one in defined() if banned(one) and one.name not in ALLOWED]


def test_every_exception_is_still_needed() -> None:
    assert set(ALLOWED) <= {one.name for one in defined()}


def test_the_words_of_a_name_are_found_however_it_is_written() -> None:
    assert words("HTTPHandlers") == ["http", "handler"]
    assert banned(Named("function", "process_orders", ""))
    assert not banned(Named("class", "Process", ""))
    assert banned(Named("class", "TaskManager", ""))
    assert not banned(Named("function", "manager_of", ""))
    assert not banned(Named("function", "database", ""))
