"""Each endpoint, as the village's seller."""

from datetime import timedelta
from decimal import Decimal

from bailiwick.ledger.models import Entry
from bailiwick.pipeline.models import Opportunity
from tests.api.conftest import Caller
from tests.village import STEPS, TODAY, Village

DEAL = "Hafen Logistik GmbH terminals"
COMPANY = "Hafen Logistik GmbH"


def test_me_says_who_the_token_is(village: Village, noor: Caller) -> None:
    me = noor.get("/me")
    assert (me["name"], me["roles"], me["unit"]["name"], me["network"]["slug"], me["token"]) == (
        "Noor Haddad",
        ["seller"],
        "Cobalt Payments",
        "village",
        "write",
    )


def test_units_and_people_are_those_in_sight(village: Village, noor: Caller) -> None:
    assert [unit["name"] for unit in noor.get("/units")["items"]] == ["Cobalt Payments"]
    names = [person["name"] for person in noor.get("/people")["items"]]
    assert names == sorted(names)
    assert {"Aylin Sahin", "Ben Okafor", "Noor Haddad"} <= set(names)
    assert not {"Jonas Prinz", "Sven Berg", "Piet Vos", "Arvid Nyman"} & set(names)
    assert noor.get(f"/people/{village.people['ben'].pk}")["roles"][0]["role"] == "seller"
    assert noor.get(f"/units/{village.units['cobalt'].pk}")["client"]["name"] == "Cobalt Client"
    noor.get(f"/people/{village.people['sven'].pk}", 404)
    noor.get(f"/people?unit={village.units['delta'].pk}", 404)


def test_accounts_are_paged_and_searched_by_beginnings_of_words(village: Village, noor: Caller) -> None:
    first = noor.get("/accounts?limit=3")
    rest = noor.get(f"/accounts?limit=3&cursor={first['next']}")
    assert [row["name"] for row in first["items"] + rest["items"]] == sorted(
        ["Hafen Logistik GmbH", "Arno Papier AG", "Kranbau Weiss GmbH", "Lindhall AB"]
    )
    assert rest["next"] == ""
    assert [row["name"] for row in noor.get("/accounts?text=logi")["items"]] == [COMPANY]


def test_an_account_is_entered_changed_and_gets_a_contact(village: Village, noor: Caller) -> None:
    card = noor.post("/accounts", {"name": "Nordwind GmbH", "website": "nordwind.example"}, 201)
    again = noor.post("/accounts", {"name": "Nord Wind", "website": "www.nordwind.example"}, 422)
    assert again["type"] == "/problems/account_exists"
    changed = noor.send("PATCH", f"/accounts/{card['id']}", {"city": "Kiel", "version": 1})
    assert (changed["city"], changed["name"], changed["version"]) == ("Kiel", "Nordwind GmbH", 2)
    stale = noor.send("PATCH", f"/accounts/{card['id']}", {"city": "Rom", "version": 1}, 409)
    assert (stale["version"], stale["stored"]["city"]) == (2, "Kiel")
    noor.post(f"/accounts/{card['id']}/contacts", {"name": "Ole Wind", "email": "ole@nordwind.example"}, 201)
    assert [one["name"] for one in noor.get(f"/accounts/{card['id']}/contacts")["items"]] == ["Ole Wind"]


def test_a_company_has_one_caller_and_can_be_let_go(village: Village, noor: Caller) -> None:
    line = str(village.line.pk)  # type: ignore[union-attr]
    card = noor.post("/accounts", {"name": "Nordwind GmbH"}, 201)
    held = noor.post(f"/accounts/{card['id']}/holding", {"line": line}, 201)
    assert (held["holder"]["name"], held["line"]["name"]) == ("Noor Haddad", "Payments")
    assert noor.post(f"/accounts/{card['id']}/holding", {"line": line}, 422)["type"] == "/problems/taken"
    noor.send("DELETE", f"/accounts/{card['id']}/holding?line={line}", status=204)
    assert noor.get(f"/accounts/{card['id']}")["holdings"] == []
    noor.post(f"/accounts/{card['id']}/holding", {"line": card["id"]}, 404)


def test_opportunities_are_listed_by_standing_and_words_the_next_to_close_first(village: Village, noor: Caller) -> None:
    assert [row["title"] for row in noor.get("/opportunities?standing=lapsed")["items"]] == ["Arno Papier AG terminals"]
    everything = noor.get("/opportunities")["items"]
    assert [row["standing"] for row in everything] == ["lapsed", "open", "open", "undated"]
    first = noor.get("/opportunities?limit=1")
    assert noor.get(f"/opportunities?limit=1&cursor={first['next']}")["items"] == everything[1:2]
    assert [row["title"] for row in noor.get("/opportunities?text=hafen")["items"]] == [DEAL]
    account = village.accounts[COMPANY].pk
    assert [row["title"] for row in noor.get(f"/opportunities?account={account}")["items"]] == [DEAL]
    assert everything[1]["value"] == {"amount": "13000.00", "currency": "EUR"}


def test_an_opportunity_is_opened_restated_and_moved(village: Village, noor: Caller) -> None:
    body = {"title": "40 t hoist", "value": "84000.50", "stated_discount": 0.15, "account": village.accounts[COMPANY].pk}
    deal = noor.post("/opportunities", body, 201)
    assert (deal["value"]["amount"], deal["step"]["name"], deal["standing"]) == ("84000.50", "Prospect", "undated")
    at = f"/opportunities/{deal['id']}"
    day = str(TODAY + timedelta(days=9))
    assert noor.send("PATCH", at, {"expected": day, "version": 1})["expected"] == day
    assert noor.send("PATCH", at, {"value": None, "version": 2})["value"] is None
    card = noor.get(at)
    assert (card["discount"], card["discount_stated"], [step["name"] for step in card["steps"]]) == ("0.15", True, list(STEPS))
    assert noor.post(f"{at}/step", {"step": card["steps"][2]["id"]})["step"]["name"] == "Proposal"
    assert [stage["step"]["name"] for stage in noor.get(at)["stages"]] == ["Prospect", "Proposal"]


def test_numbers_mean_the_same_as_text_and_as_numbers(village: Village, noor: Caller) -> None:
    for value, stored in (("1.234", "1.23"), (1.234, "1.23"), ("1234", "1234.00"), (1234, "1234.00"), ("12.5000", "12.50")):
        deal = noor.post("/opportunities", {"title": "x", "value": value}, 201)
        assert Opportunity.objects.in_network(village.by).get(pk=deal["id"]).value == Decimal(stored)
    noor.post("/opportunities", {"title": "x", "value": "1,234"}, 422)


def test_lines_give_value_and_discount(village: Village, noor: Caller) -> None:
    deal, terminal = village.deals[DEAL], village.products[0]
    lines = {"version": 1, "lines": [{"product": terminal.pk, "quantity": 10, "price": "80"}]}
    card = noor.send("PUT", f"/opportunities/{deal.pk}/lines", lines)
    assert (card["opportunity"]["value"]["amount"], card["discount"], card["margin"]) == ("800.00", "0.2", "0.25")
    assert card["lines"][0]["list_price"] == {"amount": "100.00", "currency": "EUR"}


def test_deals_are_won_reopened_lost_and_withdrawn(village: Village, noor: Caller) -> None:
    at = f"/opportunities/{village.deals[DEAL].pk}"
    assert noor.post(f"{at}/win", {"day": str(TODAY - timedelta(days=1))})["standing"] == "won"
    assert noor.post(f"{at}/win", {}, 422)["type"] == "/problems/decided"
    assert noor.post(f"{at}/reopen")["outcome"] == "open"
    assert noor.post(f"{at}/lose", {"reason": "price"})["reason"] == "price"
    noor.post(f"{at}/reopen")
    assert noor.post(f"{at}/withdraw", {})["outcome"] == "withdrawn"
    assert noor.post(f"{at}/reopen")["outcome"] == "open"
    assert noor.post(f"{at}/win", {"day": "2199-01-01"}, 422)["type"] == "/problems/decided_in_future"


def test_history_says_what_happened_in_the_language_that_is_asked_for(village: Village, noor: Caller) -> None:
    deal = village.deals[DEAL]
    noor.post(f"/opportunities/{deal.pk}/win", {})
    newest = noor.get(f"/opportunities/{deal.pk}/history?limit=1")["items"][0]
    assert newest["kind"] == "pipeline.won"
    assert newest["sentence"].replace("\N{NO-BREAK SPACE}", " ") == f"Noor Haddad won {DEAL}: €10,000"
    assert newest["facts"]["value"] == "10000.00"
    assert newest["door"] == "api"
    kinds = {one["kind"] for one in noor.get(f"/accounts/{deal.account_id}/history")["items"]}
    assert {"pipeline.won", "territories.account_added", "pipeline.activity_logged"} <= kinds


def test_activities_are_logged_planned_done_and_dropped(village: Village, noor: Caller) -> None:
    account, today = village.accounts[COMPANY], str(TODAY)
    both = [
        {"kind": "call", "text": "wants a proposal", "account": account.pk, "day": today},
        {"kind": "mail", "text": "send it", "account": account.pk, "due": today, "due_time": "14:30"},
    ]
    logged, planned = noor.post("/activities", {"activities": both}, 201)["items"]
    assert (logged["done"], planned["done"], planned["due_time"]) == (True, False, "14:30")
    assert planned["id"] in [task["id"] for task in noor.get("/tasks")["items"]]
    assert noor.post(f"/activities/{planned['id']}/complete", {"text": "sent"})["text"] == "send it\nsent"
    assert noor.post(f"/activities/{planned['id']}/drop", status=422)["type"] == "/problems/task_closed"
    task = noor.post("/activities", {"activities": [{"kind": "task"}]}, 201)["items"][0]
    assert noor.post(f"/activities/{task['id']}/drop")["dropped"] is True
    done = noor.get(f"/accounts/{account.pk}/activities")["activities"]
    assert {"wants a proposal", "send it\nsent"} <= {one["text"] for one in done}


def test_a_contact_is_named_with_the_company_on_whose_card_it_is(village: Village, noor: Caller, calling) -> None:  # type: ignore[no-untyped-def]
    foreign = calling("sven").get(f"/accounts/{village.accounts['Schrauben Sander'].pk}")["contacts"][0]["id"]
    for account in (None, str(village.accounts[COMPANY].pk)):
        noor.post("/activities", {"activities": [{"kind": "call", "contact": foreign, "account": account}]}, 404)


def test_promises_are_made_kept_and_listed(village: Village, noor: Caller) -> None:
    body = {"text": "a drawing", "due": str(TODAY), "opportunity": village.deals[DEAL].pk}
    made = noor.post("/promises", body, 201)
    assert [one["text"] for one in noor.get("/promises")["items"]] == ["a drawing"]
    assert noor.post(f"/promises/{made['id']}/keep")["kept"] is not None
    assert noor.get("/promises")["items"] == []


def test_leads_are_entered_and_become_opportunities_or_are_put_aside(village: Village, noor: Caller) -> None:
    first = noor.post("/leads", {"name": "Ole", "company": "Nordwind GmbH"}, 201)
    second = noor.post("/leads", {"name": "Kim"}, 201)
    assert [one["name"] for one in noor.get("/leads?limit=2")["items"]] == ["Kim", "Ole"]
    opened = noor.post(f"/leads/{first['id']}/close", {"title": "a hoist"})
    assert noor.get(f"/opportunities/{opened['opportunity']}")["opportunity"]["account"]["name"] == "Nordwind GmbH"
    assert noor.post(f"/leads/{second['id']}/close", {"reason": "no budget"})["opportunity"] is None
    assert noor.get("/leads")["items"] == []


def test_one_line_is_understood_and_kept(village: Village, noor: Caller) -> None:
    text = "called Hafen Logistik, proposal by tomorrow"
    understood = noor.post("/line/understanding", {"text": text})
    assert (understood["kind"], understood["account"]["name"]) == ("call", COMPANY)
    kept = noor.post("/line", {"text": text}, 201)
    assert Entry.objects.in_network(village.by).filter(subject=kept["activity"]).count() == 1
    noor.post("/line", {"text": text, "account": village.accounts["Lindhall AB"].pk}, 404)


def test_products_prices_and_the_process_are_told(village: Village, noor: Caller) -> None:
    assert [row["name"] for row in noor.get("/products")["items"]] == ["Gateway", "Support plan", "Terminal"]
    prices = {row["product"]["name"]: row for row in noor.get("/prices?limit=200")["items"]}
    assert (prices["Terminal"]["list_price"]["amount"], prices["Terminal"]["floor"]["amount"]) == ("100.00", "80.00")
    assert "cost" not in prices["Terminal"]
    assert [step["name"] for step in noor.get("/process")["steps"]] == list(STEPS)


def test_kept_about_me_holds_my_deals_and_who_looked(village: Village, noor: Caller, calling) -> None:  # type: ignore[no-untyped-def]
    calling("aylin").get(f"/opportunities/{village.deals[DEAL].pk}")
    answer = noor.get("/me/kept")
    kept = {one["what"]: one["rows"] for one in answer["items"]}
    assert answer["names"][str(village.people["aylin"].pk)] == "Aylin Sahin"
    assert DEAL in [row["title"] for row in kept["opportunities"]]
    assert ("api:opportunity", str(village.people["aylin"].pk)) in [(row["page"], row["viewer"]) for row in kept["who looked"]]
