"""Invariant 18: nothing is asked without a reason: every field declares its own, and no page asks for what is not declared."""

import ast
import re
from datetime import UTC, datetime
from functools import cache

import pytest

from bailiwick.fields import Field, Kind, every_field
from bailiwick.kit import Role
from tests.house.source import SOURCE, TEMPLATES, modules, place

LONGEST_LABEL = 45
LONGEST_PURPOSE = 120
# Fields of a person's own things: nobody else reads them.
OWN = ("settings.", "token.", "hook.", "replay.")
KEPT_NOWHERE = {"erasure.sure": "asked once more before what cannot be taken back; the answer is not stored"}
# What forms and addresses carry beside fields: choices of things and what the form needs for itself.
CARRIED = {
    "csrfmiddlewaretoken": "Django's proof that the form is ours",
    "address": "where a browser is told of messages; the browser gives it",
    "auth": "a secret of the browser, by which it reads them",
    "until": "when the latest message was due that the page showed",
    "factor_from": "a choice of when everybody is asked for a second factor",
    "version": "what the person saw, so that a stale edit is noticed",
    "next": "the page to go back to",
    "act": "which of two acts on one thing",
    "key": "makes a line sent twice one line",
    "line": "the one line (field line_typed.text), or the sales line of a claim",
    "written_at": "when a line was written that is sent after a tunnel",
    "confirmed": "a form without script has shown what was understood",
    "product": "a choice among products",
    "quantity": "field line.quantity, once for each row",
    "price": "field line.price, once for each row",
    "step": "a choice among the steps of the process",
    "account": "the company on which a deal is opened, or which an arrival concerns",
    "opportunity": "the deal that an arrival concerns",
    "person": "a choice among people",
    "unit": "a choice among units",
    "role": "a choice among roles",
    "terms": "a choice: acting, or for good",
    "parent": "a choice among units",
    "manager": "a choice among people",
    "answerable": "a choice among people: who answers for a service account",
    "network": "a choice among the networks of a login",
    "all": "a choice among people: who gets everything of a kind; of a list all rows that fit",
    "question": "which question of the setup is put off or asked again",
    "change": "back from the preview of a leaving to the choices",
    "files": "the files of an export; mails and invitations",
    "columns": "which of two forms about one export: columns were chosen otherwise; the columns of a list",
    "anew": "the export is read as if for the first time",
    "table": "a choice among the tables of an export",
    "name": "a company's name that was searched for, put into the form for a new one",
    "measure": "a choice among measures",
    "holder": "a choice among units and people for whom a target can be set",
    "chapter": "which chapter of the demonstration's story begins",
    # filters of lists, by GET
    "by": "filter: by what a figure is told apart",
    "period": "filter: the period of figures, and field target.period",
    "q": "filter: words; the beginning of a company's name",
    "held": "filter: who calls",
    "standing": "filter: standing",
    "at": "the place in a list",
    "column": "columns of a list, ticked",
    "process": "a choice among processes: which board",
    "to": "a choice among processes: where deals go on",
    "order": "by what a list is put in order",
    "value_from": "filter: value",
    "expected_from": "filter: expected close",
    # lists: several rows changed at once, one in its place, a view kept
    "row": "ticked rows with the version that was read",
    "picked": "the same rows, carried from the preview to the act",
    "looked": "the value of which the preview was shown: another one is previewed first",
    "query": "the question that the list was asked, kept or acted on",
    "shown": "back to the value without changing it",
    # signing in: allauth's forms
    "login": "signing in",
    "password": "signing in",
    "remember": "signing in",
    "email": "where the link to a new password goes",
    "oldpassword": "a new password",
    "password1": "a new password",
    "password2": "a new password",
    "credential": "what a device answers for a passkey",
    "passwordless": "a new passkey signs in without a password",
    "session": "one's own session that ends, by the hash of its key; `others` for all but this one",
}
CONTROL = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bname="([a-z_0-9]+)"|\bfield\(\{"name": "([a-z_0-9]+)"')
READS = {"text", "id", "whole", "get", "getlist"}


@pytest.mark.parametrize("field", every_field(), ids=lambda field: field.name)
def test_a_field_says_why_it_is_asked_who_answers_for_it_and_who_reads_it(field: Field) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", field.name)
    assert 0 < len(str(field.label)) <= LONGEST_LABEL
    assert 10 <= len(str(field.purpose)) <= LONGEST_PURPOSE
    assert str(field.purpose).endswith((".", "?"))
    assert isinstance(field.owner, Role)
    assert set(field.readers) <= set(Role)
    assert field.readers or field.name.startswith(OWN) or field.name in KEPT_NOWHERE, "nobody reads it: why is it asked?"
    assert (field.kind is Kind.CHOICE) == bool(field.choices)


def test_every_field_was_reviewed_in_time() -> None:
    """Fails for the people who build this, so that somebody looks; in use a field past its review is taken like any other."""
    today = datetime.now(UTC).date()
    assert [f"{field.name}: since {field.review}" for field in every_field() if field.review <= today] == []


def test_whoever_reads_a_field_is_named_beside_it() -> None:
    """The page names readers from `web.forms.ROLES`; a role that is not there would be left out in silence."""
    from bailiwick.web.forms import ROLES

    assert {role for field in every_field() for role in field.readers} <= set(ROLES)


@cache
def known() -> set[str]:
    return {field.short for field in every_field()} | set(CARRIED)


def test_no_template_asks_for_what_is_not_declared() -> None:
    unknown = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        names = {first or second for first, second in CONTROL.findall(path.read_text())}
        unknown += [f"{place(path)}: {name}" for name in sorted(names - known())]
    assert not unknown, "declare a field in the package's fields.py, or name it in CARRIED with its reason"


def test_no_page_reads_what_is_not_declared() -> None:
    """`asked.text("x")`, `POST.get("x")`, a choice or a hidden place that a page gives to a form."""
    unknown = []
    for path, tree in modules().items():
        if SOURCE / "web" in path.parents:
            unknown += [f"{place(path)}:{line}: {name}" for line, name in _read(tree) if name not in known()]
    assert not unknown


def _read(tree: ast.Module) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            continue
        name = node.args[0].value
        if isinstance(node.func, ast.Attribute) and node.func.attr in READS:
            of = ast.unparse(node.func.value)
            if of == "asked" or of.endswith(("POST", "GET")):
                found.append((node.lineno, name))
        elif isinstance(node.func, ast.Name) and node.func.id == "choice":
            found.append((node.lineno, name))
    return found
