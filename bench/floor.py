"""The floor beside the product: the least that the same framework does for the same answer.

No walls, no rights, no events, no record of reads; the same server code, middleware, engine, parsing and shapes.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import psycopg
from babel.dates import format_date
from babel.numbers import format_currency
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.html import format_html
from ninja import NinjaAPI

from bailiwick.api.endpoints.opportunities import OpportunityNew
from bailiwick.api.shapes.deals import OpportunityShown
from bailiwick.api.shapes.plain import money
from bailiwick.pipeline.models import Opportunity
from bailiwick.pipeline.rules.standing import standing
from bailiwick.tenancy.models import new_id

TABLES = """
CREATE TABLE bench_opportunity (LIKE pipeline_opportunity INCLUDING DEFAULTS);
ALTER TABLE bench_opportunity ADD PRIMARY KEY (id);
CREATE TABLE bench_deal AS SELECT * FROM pipeline_opportunity;
CREATE INDEX ON bench_deal (expected, id);
CREATE TABLE bench_account AS SELECT id, name FROM territories_account;
CREATE TABLE bench_step AS SELECT id, name FROM pipeline_step;
CREATE TABLE bench_person AS SELECT id, name FROM network_person;
ALTER TABLE bench_account ADD PRIMARY KEY (id);
ALTER TABLE bench_step ADD PRIMARY KEY (id);
ALTER TABLE bench_person ADD PRIMARY KEY (id);
GRANT SELECT, INSERT ON bench_opportunity, bench_deal, bench_account, bench_step, bench_person TO bailiwick_app;
"""
ROWS = """
SELECT deal.id, deal.title, account.name, deal.expected, step.name, deal.value, deal.currency, person.name
FROM bench_deal deal JOIN bench_account account ON account.id = deal.account_id
JOIN bench_step step ON step.id = deal.step_id JOIN bench_person person ON person.id = deal.person_id
WHERE deal.outcome = 'open' AND deal.unit_id = ANY(%s) ORDER BY deal.expected, deal.id LIMIT 50
"""
NAV = (("My day", "/", "d"), ("Pipeline", "/pipeline", "p"), ("Accounts", "/accounts", "a"), ("People", "/people", "e"),
       ("Kept about me", "/kept", "k"), ("Messages", "/messages", "m"), ("Settings", "/settings", "s"))  # fmt: skip

# What the floor need not look up: the units of the manager, the names on the card of a new deal, who looks.
KNOWN: dict[str, Any] = {
    "units": [],
    "viewer": ("", "", ""),
    "sides": {},
    "unit": None,
    "person": None,
    "account": None,
    "step": None,
}


def lay(admin_url: str) -> None:
    """The floor's plain tables stand, filled with what the product holds, and the planner knows all tables."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(TABLES)
        admin.execute("VACUUM ANALYZE")


def _columns() -> dict[str, models.Field]:
    """The very columns of an opportunity, keys as plain ids."""
    fields = Opportunity._meta.local_fields
    return {one.attname: models.UUIDField(null=one.null) if one.is_relation else one.clone() for one in fields}


class Plain(models.Model):
    """An opportunity in a table without walls, keys and checks."""

    locals().update(_columns())

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "bench_opportunity"


floor = NinjaAPI(title="Floor", docs_url=None, openapi_url=None, urls_namespace="floor")


@floor.post("/opportunities")
def opportunity_new(request: HttpRequest, given: OpportunityNew) -> HttpResponse:  # type: ignore[valid-type]
    """One INSERT, and the same answer from what is at hand."""
    values = given.values()
    now = datetime.now(UTC)
    row = Plain.objects.create(
        id=new_id(),
        account_id=given.account,
        currency=given.currency or "EUR",
        entered=now.date(),
        created=now,
        **KNOWN["sides"],
        **values,
    )
    shown = OpportunityShown(
        id=row.id,
        title=row.title,
        account=KNOWN["account"],
        person=KNOWN["person"],
        unit=KNOWN["unit"],
        step=KNOWN["step"],
        value=money(row.value, row.currency),
        expected=row.expected,
        entered=row.entered,
        outcome=row.outcome,
        standing=standing(row.outcome, row.expected, now.date()),
        decided=None,
        reason="",
        origin=row.origin,
        version=row.version,
    )
    return HttpResponse(shown.model_dump_json(), status=201, content_type="application/json; charset=utf-8")


def pipeline(request: HttpRequest) -> HttpResponse:
    """The same fifty rows in the same frame, from one plain query, for whoever is signed in."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/sign-in/")
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [KNOWN["units"]])
        found = cursor.fetchall()
    today = date.today()  # noqa: DTZ011 - the floor has one zone
    context = _frame(request) | {"rows": [_row(one, today) for one in found]}
    return render(request, "floor.html", context)


def _row(one: tuple[Any, ...], today: date) -> dict[str, str]:
    key, title, account, expected, step, value, currency, person = one
    words = person.split()
    return {
        "url": f"/opportunities/{key}",
        "title": title,
        "account": account,
        "kind": "off" if expected < today else "none",
        "standing": "lapsed, counts as lost" if expected < today else "open",
        "step": step,
        "value": _money(value, currency),
        "expected": format_date(expected, "d MMM y", locale="en"),
        "person": person,
        "initials": (words[0][0] + words[-1][0]).upper(),
    }


def _money(value: Decimal, currency: str) -> str:
    """Whole units without cents, as the product prints them."""
    text = format_currency(value, currency, locale="en", currency_digits=False, decimal_quantization=False)
    return text.removesuffix(".00")


def _frame(request: HttpRequest) -> dict[str, Any]:
    token = get_token(request)
    key, name, place = KNOWN["viewer"]
    return {
        "nav": [{"label": label, "url": url, "current": url == "/pipeline", "key": key, "count": 0} for label, url, key in NAV],
        "home_url": "/",
        "search_url": "/search",
        "search_live_url": "/search/live",
        "settings_url": "/settings",
        "sign_out_url": "/sign-out/",
        "csrf_token": token,
        "csrf_input": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        "viewer_name": name,
        "viewer_place": place,
        "viewer_key": key,
        "language": "en",
        "direction": "ltr",
        "theme": "",
        "messages": [],
    }
