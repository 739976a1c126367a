"""What is sold in the demo: three sales lines, their products, prices of two editions, and the one way to sell."""

from dataclasses import dataclass
from decimal import Decimal

from bailiwick.pipeline.commands import NewStep

PRICE_LIST = "Hafen list"
SECOND_EDITION = 290
RISE = Decimal("1.04")


@dataclass(frozen=True, slots=True)
class Good:
    """A product: list price of the first edition, floor and cost as shares of it, usual quantities, and what a deal is called."""

    name: str
    line: str
    price: Decimal
    floor: Decimal
    cost: Decimal
    quantities: tuple[int, ...]
    title: str

    def price_in(self, edition: int) -> Decimal:
        """The list price of an edition, in whole units above 100."""
        price = self.price * RISE if edition == 2 else self.price
        return price.quantize(Decimal(1)) if price > 100 else price.quantize(Decimal("0.01"))


def _good(name: str, line: str, price: str, cost: str, quantities: tuple[int, ...], title: str) -> Good:
    return Good(name, line, Decimal(price), Decimal("0.85"), Decimal(cost), quantities, title)


GOODS = (
    _good("Card terminal", "Payments", "349", "0.58", (2, 4, 6, 10, 16), "terminals"),
    _good("Payment gateway", "Payments", "2400", "0.40", (1, 1, 2), "gateway"),
    _good("Till software", "Payments", "890", "0.30", (1, 2, 4), "tills"),
    _good("Support plan", "Payments", "42.50", "0.50", (12, 24), "support plan"),
    _good("Chain hoist 5 t", "Industrial supply", "7850", "0.62", (1, 2, 3, 4), "hoists"),
    _good("Pump PX 40", "Industrial supply", "4200", "0.60", (2, 3, 5, 8), "pumps"),
    _good("Bearing set", "Industrial supply", "96.40", "0.55", (60, 120, 200), "bearings"),
    _good("Fastener frame contract", "Industrial supply", "18500", "0.63", (1, 1, 2), "frame contract"),
    _good("Service year", "Industrial supply", "1950", "0.45", (1, 2, 4), "service"),
    _good("Planner seat", "Software", "264", "0.18", (10, 20, 35, 60), "planner seats"),
    _good("Bookings module", "Software", "5400", "0.20", (1, 1, 2), "bookings"),
    _good("Cloud move", "Software", "12800", "0.55", (1,), "move to the cloud"),
    _good("Training day", "Software", "1150", "0.60", (1, 2, 3), "training"),
)
LINES = tuple(dict.fromkeys(good.line for good in GOODS))
SELLING = (
    NewStep(
        name="Prospect",
        inputs=("name of a company in the own territory",),
        outputs=("a person who decides or knows who does", "a need in the customer's words"),
        exit_criteria="Somebody there has agreed to a day and an hour.",
        usual_days=20,
    ),
    NewStep(
        name="First appointment",
        inputs=("a day and an hour", "a need in the customer's words"),
        outputs=("what it costs them today", "who else decides", "budget and day of decision"),
        exit_criteria="The customer has asked for a proposal and said what must be in it.",
        usual_days=25,
    ),
    NewStep(
        name="Proposal",
        inputs=("what must be in it", "prices in force"),
        outputs=("a proposal with lines and a day until which it holds",),
        exit_criteria="Everyone who decides has read it and every question is answered.",
        usual_days=25,
    ),
    NewStep(
        name="Close",
        inputs=("a proposal that holds",),
        outputs=("a signature, or a reason",),
        exit_criteria="Signed, or the customer has said no.",
        usual_days=20,
    ),
)
