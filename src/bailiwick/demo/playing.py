"""The acts are played through the product's own commands, each by the person who did it and at its own instant."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from bailiwick.demo import acts, patches
from bailiwick.demo.founding import Ground
from bailiwick.demo.lives import Deal
from bailiwick.demo.patches import Patches
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewLine,
    NewOpportunity,
    close_lead,
    enter_leads,
    keep_promise,
    promise,
)
from bailiwick.pipeline.commands.activities import log_many
from bailiwick.pipeline.commands.closing import Decided, decide_many
from bailiwick.pipeline.commands.opening import Restated, open_many, restate_many
from bailiwick.pipeline.commands.sides import Hand
from bailiwick.pipeline.commands.stepping import Itemised, Moved, move_many, state_lines_many

A = TypeVar("A", bound=acts.Act)


class Player:
    """Plays acts; keeps the ids that came of the deals by their number."""

    def __init__(self, ground: Ground, held: Patches) -> None:
        self.ground, self.held = ground, held
        self.ids: dict[int, UUID] = {}
        # In this order within a month: what comes later needs what comes before.
        self.phases: tuple[tuple[type[Any], Callable[[Sequence[Any]], None]], ...] = (
            (acts.Swap, self._swap),
            (acts.Open, self._open),
            (acts.Step, self._step),
            (acts.Itemise, self._itemise),
            (acts.Restate, self._restate),
            (acts.Write, self._write),
            (acts.Plan, self._plan),
            (acts.Promised, self._promised),
            (acts.Heard, self._heard),
            (acts.Decide, self._decide),
        )

    def play_all(self, played: Iterable[acts.Act]) -> None:
        """All acts, month by month and within a month kind by kind."""
        in_time = sorted(played, key=lambda act: act.at)
        for _, month in groupby(in_time, key=lambda act: (act.at.year, act.at.month)):
            of_month = list(month)
            for kind, play in self.phases:
                chosen = [act for act in of_month if isinstance(act, kind)]
                if chosen:
                    play(chosen)

    def _hand(self, email: str, now: datetime) -> Hand:
        return Hand(self.ground.actors[email], now, self.ground.sides[email])

    def _open(self, chosen: Sequence[acts.Open]) -> None:
        new = [(act, deal) for act in chosen for deal in act.deals]
        rows = open_many([(self._hand(act.seller, act.at), self._new(deal)) for act, deal in new], by=self.ground.by)
        self.ids |= {deal.number: row.pk for (_, deal), row in zip(new, rows, strict=True)}

    def _new(self, deal: Deal) -> NewOpportunity:
        return NewOpportunity(
            title=deal.title,
            account=self.held.accounts[deal.account].pk,
            value=deal.value,
            currency="EUR",
            expected=deal.expected,
            entered=deal.opened,
            origin=deal.origin,
        )

    def _step(self, chosen: Sequence[acts.Step]) -> None:
        steps = self.ground.steps
        moves = [
            Moved(self.ground.actors[act.deal.seller], act.at, self.ids[act.deal.number], steps[act.place - 1].pk)
            for act in chosen
        ]
        move_many(moves, by=self.ground.by)

    def _itemise(self, chosen: Sequence[acts.Itemise]) -> None:
        stated = [
            Itemised(self.ground.actors[act.deal.seller], act.at, self.ids[act.deal.number], self._lines(act.deal))
            for act in chosen
        ]
        state_lines_many(stated, by=self.ground.by)

    def _lines(self, deal: Deal) -> list[NewLine]:
        return [
            NewLine(product=self.ground.products[item.good.name].pk, quantity=Decimal(item.quantity), price=item.price)
            for item in deal.items
        ]

    def _restate(self, chosen: Sequence[acts.Restate]) -> None:
        said = [Restated(self.ground.actors[act.deal.seller], act.at, self.ids[act.deal.number], act.expected) for act in chosen]
        restate_many(said, by=self.ground.by)

    def _decide(self, chosen: Sequence[acts.Decide]) -> None:
        made = [
            Decided(self.ground.actors[act.deal.seller], act.at, self.ids[act.deal.number], act.deal.outcome, act.deal.reason)
            for act in chosen
        ]
        decide_many(made, by=self.ground.by)

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
        for act in chosen:
            by = self.ground.actors[act.seller]
            made = promise(text=act.text, due=act.due, opportunity=self.ids[act.deal.number], by=by, now=act.at)
            if act.kept is not None:
                keep_promise(made.pk, by=by, now=act.kept)

    def _heard(self, chosen: Sequence[acts.Heard]) -> None:
        for act in chosen:
            by = self.ground.actors[act.seller]
            new = [NewLead(name=name, company=company, origin=origin) for name, company, origin in act.leads]
            rows = enter_leads(new, whose=self.ground.sides[act.seller], by=by, now=act.at)
            if act.aside:
                close_lead(rows[0].pk, reason=act.aside, by=by, now=act.at)

    def _swap(self, chosen: Sequence[acts.Swap]) -> None:
        for act in chosen:
            patches.swap(self.ground, self.held, act.begun)
