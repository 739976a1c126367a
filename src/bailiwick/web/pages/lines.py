"""`lines`: what a deal consists of, with the list price beside what is asked."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.fields import take
from bailiwick.kit import Invalid, Money, Refused, Stale, say
from bailiwick.offer.queries import prices, products
from bailiwick.pipeline import queries
from bailiwick.pipeline.commands import NewLine, state_lines
from bailiwick.pipeline.fields import LINE
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import problem_of, said
from bailiwick.web.frame import SELLING

SPARE = 2


@page("opportunities/<uuid:which>/lines", name="lines", roles=SELLING, methods=("GET", "POST"))
def lines(asked: Asked, which: UUID) -> Shown | Go:
    """All lines on one form; a line without a product is left out."""
    deal = queries.opportunity(asked.viewer, which)
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _state(asked, which))
        if not isinstance(done, Refused):
            return Go(reverse("opportunity", args=[which]), say("The value is the sum of the lines now."))
        no = done
    context = {
        "deal": deal,
        "rows": _typed_rows(asked) if asked.posted else _stored_rows(asked, which),
        "products": _products(asked),
        "refusal": _stale(no, asked) or said(no, asked.speech),
        "problems": [problem_of(no, name, asked.speech) for name in ("quantity", "price")],
        "version": asked.whole("version") if asked.posted else deal.version,
    }
    return Shown("pages/lines.html", context, status=422 if no else 200, looked_at=frozenset({deal.person_id}))


def _stale(no: Refused | None, asked: Asked) -> dict[str, str] | None:
    """What was typed stays on the form; the other version is one click away."""
    if not isinstance(no, Stale):
        return None
    remedy = say("Load the page again to see what is stored now; what you typed is still below.")
    return {"sentence": asked.speech.say(no.sentence), "remedy": asked.speech.say(remedy)}


def _state(asked: Asked, which: UUID) -> Any:
    new = []
    for row in _typed_rows(asked):
        if row["product"]:
            values = take(LINE, row)
            new.append(NewLine(product=_id(row["product"]), quantity=values["quantity"], price=values["price"]))
    return state_lines(which, lines=new, version=asked.whole("version"), by=asked.actor, now=asked.now)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid([]) from None


def _typed_rows(asked: Asked) -> list[dict[str, str]]:
    form = asked.request.POST
    return [
        {"product": product, "quantity": quantity, "price": price}
        for product, quantity, price in zip(
            form.getlist("product"), form.getlist("quantity"), form.getlist("price"), strict=False
        )
    ][:100]


def _stored_rows(asked: Asked, which: UUID) -> list[dict[str, str]]:
    stored = [
        {"product": str(line.product_id), "quantity": _plain(line.quantity), "price": _plain(line.price)}
        for line in queries.lines(asked.viewer, which)
    ]
    return stored + [{"product": "", "quantity": "", "price": ""} for _ in range(SPARE)]


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _products(asked: Asked) -> list[tuple[str, str]]:
    """Products with their list price, which is what the seller measures a price against."""
    listed = {
        price.product_id: asked.speech.money(Money(price.list_price, price.price_list.currency))
        for price in prices(asked.viewer, asked.today)
    }
    return [
        (str(product.pk), f"{product.name} ({listed.get(product.pk, gettext('no list'))})") for product in products(asked.viewer)
    ]
