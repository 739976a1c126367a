"""The acts are played through the product's own commands, each by the person who did it and at its own instant."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import singledispatchmethod
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
    change_opportunity,
    close_lead,
    enter_leads,
    keep_promise,
    log_activities,
    lose,
    move,
    open_opportunities,
    promise,
    state_lines,
    win,
    withdraw,
)
from bailiwick.pipeline.models import Opportunity


class Player:
    """Plays acts; keeps the rows that came of the deals by their number."""

    def __init__(self, ground: Ground, held: Patches) -> None:
        self.ground, self.held = ground, held
        self.rows: dict[int, Opportunity] = {}

    def play_all(self, played: Iterable[acts.Act]) -> None:
        """All acts, in the order of time."""
        for act in sorted(played, key=lambda act: act.at):
            self.play(act)

    @singledispatchmethod
    def play(self, act: object) -> None:
        raise TypeError(f"nobody knows how to play {act!r}")

    @play.register
    def _open(self, act: acts.Open) -> None:
        new = [self._new(deal) for deal in act.deals]
        rows = open_opportunities(
            new, whose=self.ground.sides[act.seller], by=self.ground.actors[act.seller], now=act.at, judged=True
        )
        self.rows |= {deal.number: row for deal, row in zip(act.deals, rows, strict=True)}

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

    @play.register
    def _step(self, act: acts.Step) -> None:
        step = self.ground.steps[act.place - 1].pk
        self._keep(act.deal, move(self._id(act.deal), step=step, by=self.ground.actors[act.deal.seller], now=act.at))

    @play.register
    def _itemise(self, act: acts.Itemise) -> None:
        lines = [
            NewLine(product=self.ground.products[item.good.name].pk, quantity=Decimal(item.quantity), price=item.price)
            for item in act.deal.items
        ]
        version, by = self.rows[act.deal.number].version, self.ground.actors[act.deal.seller]
        self._keep(act.deal, state_lines(self._id(act.deal), lines=lines, version=version, by=by, now=act.at))

    @play.register
    def _restate(self, act: acts.Restate) -> None:
        values: Mapping[str, object] = {"expected": act.expected}
        version, by = self.rows[act.deal.number].version, self.ground.actors[act.deal.seller]
        self._keep(act.deal, change_opportunity(self._id(act.deal), values=values, version=version, by=by, now=act.at))

    @play.register
    def _decide(self, act: acts.Decide) -> None:
        which, by = self._id(act.deal), self.ground.actors[act.deal.seller]
        if act.deal.outcome == "won":
            win(which, by=by, now=act.at)
        elif act.deal.outcome == "lost":
            lose(which, reason=act.deal.reason, by=by, now=act.at)
        else:
            withdraw(which, reason=act.deal.reason, by=by, now=act.at)

    @play.register
    def _write(self, act: acts.Write) -> None:
        self._log([self._placed(deed.kind, deed.text, deed.account, deed.deal, day=deed.day) for deed in act.deeds], act)

    @play.register
    def _plan(self, act: acts.Plan) -> None:
        self._log([self._placed(act.kind, act.text, act.account, act.deal, due=act.due)], act)

    def _log(self, new: list[NewActivity], act: acts.Write | acts.Plan) -> None:
        side, by = self.ground.sides[act.seller], self.ground.actors[act.seller]
        log_activities(new, whose=side, by=by, now=act.at, judged=True)

    @play.register
    def _promised(self, act: acts.Promised) -> None:
        by = self.ground.actors[act.seller]
        made = promise(text=act.text, due=act.due, opportunity=self._id(act.deal), by=by, now=act.at)
        if act.kept is not None:
            keep_promise(made.pk, by=by, now=act.kept)

    @play.register
    def _heard(self, act: acts.Heard) -> None:
        by = self.ground.actors[act.seller]
        new = [NewLead(name=name, company=company, origin=origin) for name, company, origin in act.leads]
        rows = enter_leads(new, whose=self.ground.sides[act.seller], by=by, now=act.at)
        if act.aside:
            close_lead(rows[0].pk, reason=act.aside, by=by, now=act.at)

    @play.register
    def _swap(self, act: acts.Swap) -> None:
        patches.swap(self.ground, self.held, act.begun)

    def _id(self, deal: Deal) -> UUID:
        return self.rows[deal.number].pk

    def _keep(self, deal: Deal, row: Opportunity) -> None:
        self.rows[deal.number] = row

    def _placed(
        self, kind: str, text: str, account: str, deal: int | None, *, day: date | None = None, due: date | None = None
    ) -> NewActivity:
        """An activity with the rows that it is about; `account` is empty for a task of the office."""
        return NewActivity(
            kind=kind,
            text=text.format(contact=self.held.names.get(account, "the owner")),
            account=self.held.accounts[account].pk if account else None,
            contact=self.held.contacts.get(account),
            opportunity=self.rows[deal].pk if deal is not None else None,
            day=day,
            due=due,
        )
