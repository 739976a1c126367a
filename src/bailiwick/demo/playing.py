"""The acts are played through the product's own commands, each by the person who did it and at its own instant."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from bailiwick.demo import acts, patches
from bailiwick.demo.founding import Ground
from bailiwick.demo.lives import Deal, Item
from bailiwick.demo.patches import Patches
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewLine,
    close_lead,
)
from bailiwick.pipeline.commands.activities import log_many
from bailiwick.pipeline.commands.leads import enter_many
from bailiwick.pipeline.commands.living import Ended, GotLines, Lived, Redated, Turn, WentTo, live_many
from bailiwick.pipeline.commands.promising import KeptPromise, Promised, keep_many, promise_many
from bailiwick.pipeline.commands.sides import Hand

A = TypeVar("A", bound=acts.Act)


class Player:
    """Plays acts; keeps the ids that came of the deals by their number."""

    def __init__(self, ground: Ground, held: Patches) -> None:
        self.ground, self.held = ground, held
        self.ids: dict[int, UUID] = {}
        self.turns: dict[int, list[Turn]] = defaultdict(list)
        # In this order: what comes later needs what comes before.
        self.phases: tuple[tuple[type[Any], Callable[[Sequence[Any]], None]], ...] = (
            (acts.Swap, self._swap),
            (acts.Open, self._live),
            (acts.Write, self._write),
            (acts.Plan, self._plan),
            (acts.Promised, self._promised),
            (acts.Heard, self._heard),
        )

    def play_all(self, played: Iterable[acts.Act]) -> None:
        """All acts kind by kind, and within a kind in the order of time: two years are a few statements a table.

        No kind changes what another one tells, so every event reads as if the acts had been mixed.
        """
        of_kind: dict[type[Any], list[Any]] = defaultdict(list)
        for act in sorted(played, key=lambda act: act.at):
            if isinstance(act, acts.Step | acts.Itemise | acts.Restate | acts.Decide):
                self.turns[act.deal.number].append(self._turn(act))
            else:
                of_kind[type(act)].append(act)
        for kind, play in self.phases:
            if of_kind[kind]:
                play(of_kind[kind])

    def _hand(self, email: str, now: datetime) -> Hand:
        return Hand(self.ground.actors[email], now, self.ground.sides[email])

    def _live(self, chosen: Sequence[acts.Open]) -> None:
        new = [(act, deal) for act in chosen for deal in act.deals]
        rows = live_many([(self._hand(act.seller, act.at), self._lived(deal)) for act, deal in new], by=self.ground.by)
        self.ids |= {deal.number: row.pk for (_, deal), row in zip(new, rows, strict=True)}

    def _lived(self, deal: Deal) -> Lived:
        return Lived(
            title=deal.title,
            account=self.held.accounts[deal.account].pk,
            value=deal.value,
            currency="EUR",
            expected=deal.expected,
            entered=deal.opened,
            origin=deal.origin,
            turns=self.turns[deal.number],
        )

    def _turn(self, act: acts.Turn) -> Turn:
        match act:
            case acts.Step():
                return WentTo(act.at, act.place)
            case acts.Itemise():
                return GotLines(act.at, [self._line(item) for item in act.deal.items])
            case acts.Restate():
                return Redated(act.at, act.expected)
            case acts.Decide():
                return Ended(act.at, act.deal.outcome, act.deal.reason)

    def _line(self, item: Item) -> NewLine:
        return NewLine(product=self.ground.products[item.good.name].pk, quantity=Decimal(item.quantity), price=item.price)

    def _write(self, chosen: Sequence[acts.Write]) -> None:
        new = [
            (self._hand(act.seller, act.at), self._placed(deed.kind, deed.text, deed.account, deed.deal, day=deed.day))
            for act in chosen
            for deed in act.deeds
        ]
        log_many(new, by=self.ground.by)

    def _plan(self, chosen: Sequence[acts.Plan]) -> None:
        new = [
            (self._hand(act.seller, act.at), self._placed(act.kind, act.text, act.account, act.deal, due=act.due))
            for act in chosen
        ]
        log_many(new, by=self.ground.by)

    def _placed(
        self, kind: str, text: str, account: str, deal: int | None, *, day: date | None = None, due: date | None = None
    ) -> NewActivity:
        """An activity with the rows that it is about; `account` is empty for a task of the office."""
        return NewActivity(
            kind=kind,
            text=text.format(contact=self.held.names.get(account, "the owner")),
            account=self.held.accounts[account].pk if account else None,
            contact=self.held.contacts.get(account),
            opportunity=self.ids[deal] if deal is not None else None,
            day=day,
            due=due,
        )

    def _promised(self, chosen: Sequence[acts.Promised]) -> None:
        actors, by = self.ground.actors, self.ground.by
        made = [Promised(actors[act.seller], act.at, self.ids[act.deal.number], act.text, act.due) for act in chosen]
        rows = promise_many(made, by=by)
        kept = [(row, act) for row, act in zip(rows, chosen, strict=True) if act.kept]
        keep_many([KeptPromise(actors[act.seller], act.kept, row.pk) for row, act in kept if act.kept], by=by)

    def _heard(self, chosen: Sequence[acts.Heard]) -> None:
        for act in chosen:
            new = [NewLead(name=name, company=company, origin=origin) for name, company, origin in act.leads]
            rows = enter_many([(self._hand(act.seller, act.at), one) for one in new], by=self.ground.by)
            if act.aside:
                close_lead(rows[0].pk, reason=act.aside, by=self.ground.actors[act.seller], now=act.at)

    def _swap(self, chosen: Sequence[acts.Swap]) -> None:
        for act in chosen:
            patches.swap(self.ground, self.held, act.begun)
