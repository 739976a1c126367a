"""Targets as pages: who sees and sets which, and what the forms say to whoever types twice, late or wrong."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bailiwick.ledger.models import AccessRecord, Entry
from bailiwick.performance.models import Target
from bailiwick.performance.queries import targets
from tests.performance.dealt import aim, deals
from tests.village import Village
from tests.web.test_numbers import body
from tests.web.test_overview import bare, lines, speaking, words

SignIn = Callable[[str], Client]
APRIL = "/targets?period=2024-04"
NUMBER = "A number looks like 84000 or 84000.50."
HUGE = "That number is too large to be meant."
CHOOSE = "Choose one of the values offered."


def typed(village: Village, **more: str) -> dict[str, str]:
    """The form for Cobalt's target of this April."""
    usual = {"holder": f"{village.units['cobalt'].pk}/", "measure": "won_value", "period": "2024-04", "amount": "84000"}
    return usual | more


def holding(village: Village) -> list[tuple[Decimal, int]]:
    """Amount and version of every target that holds."""
    return [(row.amount, row.version) for row in targets(village.actor("dora").scope)]


def kinds(village: Village) -> list[str]:
    """What the ledger holds of targets, the oldest first."""
    rows = Entry.objects.in_network(village.by).filter(kind__startswith="performance.target").order_by("pk")
    return [row.kind.partition(".")[2] for row in rows]


def both(answer: Any) -> list[str]:
    """What is stored and what was typed, where they are held against each other."""
    return re.findall(r'data-label="(?:Now stored|Yours)">([^<]*)<', answer.content.decode())


def version(answer: Any) -> str:
    """What the form says was seen."""
    found = re.search(r'name="version" value="([^"]*)"', answer.content.decode())
    assert found
    return found[1]


def kept(page: str) -> dict[str, str]:
    """What stands in the inputs of a form."""
    found = re.findall(r'<input type="text"[^>]*? value="([^"]*)"[^>]*? name="(\w+)"', page)
    return {name: unescape(value) for value, name in found}


@pytest.mark.parametrize(
    ("name", "lists", "sets"),
    [
        *((name, 200, 200) for name in ("dora", "aylin", "jonas", "paula", "astrid")),
        *((name, 200, 403) for name in ("noor", "ben", "sven", "piet", "arvid")),
        *((name, 403, 403) for name in ("clara", "conny", "luis", "stefan", "ines")),
        ("rita", 302, 302),
    ],
)
def test_who_sells_sees_targets_and_who_leads_sets_them(
    signed_in: SignIn, village: Village, name: str, lists: int, sets: int
) -> None:
    client = signed_in(name)
    answer = client.get("/targets")
    assert answer.status_code == lists
    assert ("Set a target" in answer.content.decode()) == (sets == 200)
    assert client.get("/targets/new").status_code == sets
    if sets != 200:
        assert client.post("/targets/new", typed(village)).status_code == sets
        assert holding(village) == []


def test_without_a_target_the_page_says_so(signed_in: SignIn) -> None:
    said = "No target is set for this time yet. The overview shows who is on course from the first one on."
    assert said in words(signed_in("dora").get(APRIL))
    assert said in words(signed_in("noor").get(APRIL))


def test_targets_stand_with_what_is_reached_units_first(signed_in: SignIn, village: Village) -> None:
    """30 of 40 and, of deals, 1 of 4. Of the rate nothing is known."""
    deals(village, "noor", 30)
    aim(village, 40)
    aim(village, 4, measure="won_count", person="noor")
    aim(village, Decimal("0.25"), measure="win_rate", person="ben")
    page = body(signed_in("dora").get(APRIL))
    found = [(one["Whose"], one["Target"], one["So far"], one["Reached (tick: time passed)"]) for one in lines(page)]
    assert found == [
        ("Cobalt Payments", "€40", "€30", "75% of the target, 100% of the time"),
        ("Ben Okafor", "25.0%", "", ""),
        ("Noor Haddad", "4", "1", "25% of the target, 100% of the time"),
    ]
    assert {one["Period"] for one in lines(page)} == {"1 Apr 2024 to 30 Apr 2024"}
    looked = AccessRecord.objects.in_network(village.by).filter(page="targets").values_list("person", flat=True)
    assert set(looked) == {village.people["noor"].pk, village.people["ben"].pk}


def test_who_may_not_count_a_unit_sees_its_target_and_no_figure(signed_in: SignIn, village: Village) -> None:
    deals(village, "ben", 30)
    aim(village, 40)
    [line] = lines(body(signed_in("noor").get(APRIL)))
    assert (line["Target"], line["So far"]) == ("€40", "not yours to count")
    assert (line["State"], line["Reached (tick: time passed)"]) == ("", "")


def test_a_target_is_set_once_however_often_the_form_is_sent(signed_in: SignIn, village: Village) -> None:
    client = signed_in("dora")
    first, second = (client.post("/targets/new", typed(village)) for _ in range(2))
    assert [(one.status_code, one["Location"]) for one in (first, second)] == [(302, "/targets")] * 2
    assert holding(village) == [(Decimal(84_000), 1)]
    assert kinds(village) == ["target_set"]
    assert "The target is set." in client.get("/targets").content.decode()


def test_saving_again_over_a_target_that_was_there_keeps_what_was_typed(signed_in: SignIn, village: Village) -> None:
    """The form says so: saving again keeps yours."""
    aim(village, 4321)
    client = signed_in("dora")
    clash = client.post("/targets/new", typed(village, amount="1234"))
    assert (clash.status_code, both(clash)) == (409, ["4321", "1234"])
    assert "Saving again keeps yours." in bare(clash.content.decode())
    again = client.post("/targets/new", typed(village, amount="1234", version=version(clash)))
    assert again.status_code == 302
    assert holding(village) == [(Decimal(1234), 2)]


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        *(("amount", wrong, NUMBER) for wrong in ("much", "<script>alert(1)</script>", "1e-30", "84.000.5")),
        *(("amount", wrong, HUGE) for wrong in ("NaN", "Infinity", "9" * 40, "1e15")),
        *(("amount", wrong, "A target is above zero.") for wrong in ("-84000", "0")),
        ("amount", "", "Target is needed here."),
        ("period", "soon", "Write 2026, 2026-Q4, 2026-11, 2026-W47 or 2026-10-01..2026-12-31."),
        ("period", "", "Period is needed here."),
        ("period", "2" * 40, "At most 30 characters; this is 40."),
        *(("measure", wrong, CHOOSE) for wrong in ("attainment", "happiness", "")),
        *(("holder", wrong, CHOOSE) for wrong in ("", "x/y", "/")),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays(
    signed_in: SignIn, village: Village, field: str, wrong: str, said: str
) -> None:
    sent = typed(village, **{field: wrong})
    answer = signed_in("dora").post("/targets/new", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    problems = re.findall(r'id="field-(\w+)-problem">([^<]*)<', page)
    assert [(name, unescape(text)) for name, text in problems] == [(field, said)]
    assert kept(page) == {name: sent[name] for name in ("amount", "period")}
    chosen = set(re.findall(r'<option value="([^"]*)" selected', page))
    assert {sent[name] for name in ("holder", "measure") if name != field} <= chosen
    assert "<script>alert" not in page
    assert holding(village) == []


@pytest.mark.parametrize("field", ["holder", "measure", "period", "amount"])
def test_a_null_byte_is_refused_in_words_wherever_it_stands(signed_in: SignIn, village: Village, field: str) -> None:
    answer = signed_in("dora").post("/targets/new", typed(village, **{field: "a\x00b"}))
    assert answer.status_code == 422
    assert re.search(r"data-sentence|-problem\"|class=\"soft\"", answer.content.decode())
    assert holding(village) == []


@pytest.mark.parametrize(("unit", "status"), [("cobalt", 422), ("delta", 422), ("callwerk", 302)])
def test_nobody_sets_a_target_that_is_not_offered(signed_in: SignIn, village: Village, unit: str, status: int) -> None:
    """Aylin's own unit is set from above, a neighbour's by the neighbour."""
    answer = signed_in("aylin").post("/targets/new", typed(village, holder=f"{village.units[unit].pk}/"))
    assert answer.status_code == status
    assert len(holding(village)) == (status == 302)


def test_a_target_is_restated_and_the_record_holds_what_it_was(signed_in: SignIn, village: Village) -> None:
    row, client = aim(village, 40), signed_in("dora")
    form = client.get(f"/targets/{row.pk}")
    assert kept(form.content.decode()) == {"amount": "40"}
    answer = client.post(f"/targets/{row.pk}", {"amount": "50,5", "version": version(form)})
    assert (answer.status_code, answer["Location"]) == (302, "/targets")
    assert holding(village) == [(Decimal("50.5"), 2)]
    last = Entry.objects.in_network(village.by).filter(kind="performance.target_set").order_by("pk").last()
    assert last is not None
    assert [Decimal(last.facts[name]) for name in ("was", "amount")] == [40, Decimal("50.5")]


def test_the_same_amount_again_is_no_restatement(signed_in: SignIn, village: Village) -> None:
    row = aim(village, 40)
    assert signed_in("dora").post(f"/targets/{row.pk}", {"amount": "40", "version": "1"}).status_code == 302
    assert (holding(village), kinds(village)) == ([(Decimal(40), 1)], ["target_set"])


@pytest.mark.parametrize(("measure", "hundred"), [("won_value", Decimal(100)), ("win_rate", Decimal(1))])
def test_a_form_out_of_date_shows_both_amounts_and_saving_again_keeps_the_own(
    signed_in: SignIn, village: Village, measure: str, hundred: Decimal
) -> None:
    """A rate is typed and shown in percent."""
    row, client = aim(village, hundred * 40 / 100, measure=measure), signed_in("dora")
    client.post(f"/targets/{row.pk}", {"amount": "50", "version": "1"})
    clash = client.post(f"/targets/{row.pk}", {"amount": "60", "version": "1"})
    assert (clash.status_code, both(clash)) == (409, ["50", "60"])
    assert kept(clash.content.decode()) == {"amount": "60"}
    assert holding(village) == [(hundred * 50 / 100, 2)]
    assert client.post(f"/targets/{row.pk}", {"amount": "60", "version": version(clash)}).status_code == 302
    assert holding(village) == [(hundred * 60 / 100, 3)]


@pytest.mark.parametrize("sent", ["", "x", "-1", "0", "99999999999999", "٣", "1.0"])
def test_a_version_that_is_none_overwrites_nothing(signed_in: SignIn, village: Village, sent: str) -> None:
    row, client = aim(village, 40), signed_in("dora")
    for act in ("", "withdraw"):
        assert client.post(f"/targets/{row.pk}", {"amount": "50", "version": sent, "act": act}).status_code == 409
        assert holding(village) == [(Decimal(40), 1)]


def test_a_wrong_amount_is_shown_again_and_the_target_stays(signed_in: SignIn, village: Village) -> None:
    row = aim(village, 40)
    answer = signed_in("dora").post(f"/targets/{row.pk}", {"amount": "more", "version": "1"})
    assert (answer.status_code, version(answer)) == (422, "1")
    assert kept(answer.content.decode()) == {"amount": "more"}
    assert holding(village) == [(Decimal(40), 1)]


def test_a_target_is_withdrawn_once_and_can_be_set_anew(signed_in: SignIn, village: Village) -> None:
    row, client = aim(village, 40), signed_in("dora")
    first, second = (client.post(f"/targets/{row.pk}", {"act": "withdraw", "version": "1"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 404)
    assert kinds(village) == ["target_set", "target_withdrawn"]
    assert "No target is set for this time yet." in words(client.get(APRIL))
    assert client.post("/targets/new", typed(village)).status_code == 302
    assert holding(village) == [(Decimal(84_000), 1)]
    assert Target.objects.in_network(village.by).count() == 2


def test_withdrawing_what_was_restated_meanwhile_shows_what_is_stored(signed_in: SignIn, village: Village) -> None:
    row, client = aim(village, 40), signed_in("dora")
    client.post(f"/targets/{row.pk}", {"amount": "50", "version": "1"})
    answer = client.post(f"/targets/{row.pk}", {"act": "withdraw", "version": "1"})
    assert (answer.status_code, both(answer)[0]) == (409, "50")
    assert holding(village) == [(Decimal(50), 2)]
    assert client.post(f"/targets/{row.pk}", {"act": "withdraw", "version": version(answer)}).status_code == 302
    assert holding(village) == []


@pytest.mark.parametrize(
    ("name", "status"), [("aylin", 403), ("jonas", 404), ("paula", 404), ("noor", 403), ("clara", 403), ("rita", 302)]
)
def test_a_target_is_opened_by_whoever_stands_above(signed_in: SignIn, village: Village, name: str, status: int) -> None:
    row, client = aim(village, 40), signed_in(name)
    assert client.get(f"/targets/{row.pk}").status_code == status
    for act in ("", "withdraw"):
        assert client.post(f"/targets/{row.pk}", {"amount": "1", "version": "1", "act": act}).status_code == status
    assert holding(village) == [(Decimal(40), 1)]
    assert signed_in("dora").get(f"/targets/{uuid4()}").status_code == 404


@pytest.mark.parametrize("period", ["soon", "2026-Q7", "x" * 99])
def test_a_period_that_is_none_is_refused_in_words(signed_in: SignIn, period: str) -> None:
    answer = signed_in("dora").get(f"/targets?period={period}")
    assert (answer.status_code, f"“{period[:30]}” is no period." in answer.content.decode()) == (422, True)


def test_targets_speak_german(signed_in: SignIn, village: Village) -> None:
    row, client = aim(village, 40_000), signed_in("dora")
    speaking(village, "dora")
    assert [one for one in lines(body(client.get(APRIL))) if "40.000 €" in one.values()]
    assert "Ein Ziel liegt über null." in client.post("/targets/new", typed(village, amount="-1")).content.decode()
    client.post(f"/targets/{row.pk}", {"amount": "50", "version": "1"})
    clash = words(client.post(f"/targets/{row.pk}", {"amount": "60", "version": "1"}))
    assert "Jemand anders hat das geändert, während du geschrieben hast" in clash
    english = (
        "Set a target",
        "Whose",
        "So far",
        "Reached",
        "Won value",
        "Period",
        "Restate",
        "Withdraw this",
        "read by",
        "Stored",
    )
    assert not [word for word in english for page in (clash, words(client.get(APRIL))) if word in page]
