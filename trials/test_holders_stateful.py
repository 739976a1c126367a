"""Invariant 1 by itself: claimed, released, contested, settled, given, appointed in any order, a plain model agrees.

One company after the other, one sales line, three units: the model keeps who calls where and who manages what, as a person would
on paper. After each act the store says the same, no two periods overlap, and the ledger tells what happened and no more.
"""

from collections import Counter
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bailiwick.kit import NotAllowed, NotSeen, Refused, Role
from bailiwick.ledger import asking
from bailiwick.ledger.models import Entry
from bailiwick.network.commands import appoint, leave
from bailiwick.network.models import Membership, Person
from bailiwick.tenancy.within import set_network
from bailiwick.territories.commands.holdings import contest, hold, release, settle_contested
from bailiwick.territories.models import Holding
from tests.village import Village
from trials.villagers import CALLERS, actor, free_companies, newcomers, now

COMPANIES, CANDIDATES, CONTESTED = 3, 4, "contested"
SELLERS = st.sampled_from(("noor", "ben", "sven"))
COMPANY, CANDIDATE = st.integers(0, COMPANIES - 1), st.integers(0, CANDIDATES - 1)
HOLDER_KINDS = ("territories.holder_began", "territories.holder_ended", "territories.account_contested")


class Holders(RuleBasedStateMachine):
    """The village in a transaction that is taken back at the end, and what somebody with paper knows of it."""

    village: ClassVar[Village]

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.by = self.village.by
        set_network(self.by.network)
        assert self.village.line
        self.line, self.unit = self.village.line.pk, self.village.units["delta"].pk
        self.companies = free_companies(self.village, COMPANIES)
        self.people = newcomers(self.village, CANDIDATES, place="delta")
        self.holder: dict[int, str] = {}
        self.manager, self.gone = "jonas", set[str]()
        self.told: Counter[str] = Counter()
        self.appointed = self._count("network.manager_appointed", self.unit)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def _count(self, kind: str, *subjects: Any) -> int:
        return Entry.objects.in_network(self.by).filter(kind=kind, subject__in=subjects).count()

    def _refused(self, act: Any, *kinds: type[Refused]) -> bool:
        """Whether it was refused, in one of these ways; nothing of it is left then."""
        try:
            with transaction.atomic():
                act()
        except Refused as no:
            assert not kinds or type(no) in kinds, no
            return True
        return False

    @rule(company=COMPANY, who=SELLERS)
    def claim(self, company: int, who: str) -> None:
        side, by = self.village.side(who), actor(self.village, who)
        refused = self._refused(lambda: hold([self.companies[company]], line=self.line, whose=side, by=by, now=now()))
        assert refused == (company in self.holder)
        if not refused:
            self.holder[company] = who
            self.told["territories.holder_began"] += 1

    @rule(who=SELLERS)
    def claim_all_or_none(self, who: str) -> None:
        side, by = self.village.side(who), actor(self.village, who)
        refused = self._refused(lambda: hold(self.companies, line=self.line, whose=side, by=by, now=now()))
        assert refused == bool(self.holder)
        if not refused:
            self.holder = dict.fromkeys(range(COMPANIES), who)
            self.told["territories.holder_began"] += COMPANIES

    @rule(company=COMPANY, who=SELLERS)
    def let_go(self, company: int, who: str) -> None:
        by = actor(self.village, who)
        refused = self._refused(lambda: release(self.companies[company], line=self.line, by=by, now=now()), NotSeen, NotAllowed)
        assert refused == (self.holder.get(company) != who)
        if not refused:
            del self.holder[company]
            self.told["territories.holder_ended"] += 1

    @rule(company=COMPANY, receiver=SELLERS)
    def hand_over(self, company: int, receiver: str) -> None:
        """The director has it released and held by somebody else, in one act."""

        def act() -> None:
            release(self.companies[company], line=self.line, by=self.by, now=now())
            side = self.village.side(receiver)
            hold([self.companies[company]], line=self.line, whose=side, by=self.by, now=now(), reason="handed over", judged=True)

        was = self.holder.get(company)
        refused = self._refused(act, NotSeen)
        assert refused == (was is None)
        if not refused:
            self.holder[company] = receiver
            self.told["territories.holder_began"] += 1
            self.told["territories.holder_ended"] += was != CONTESTED

    @rule(company=COMPANY)
    def contested(self, company: int) -> None:
        refused = self._refused(lambda: contest([self.companies[company]], line=self.line, by=self.by, now=now()))
        assert refused == (company in self.holder)
        if not refused:
            self.holder[company] = CONTESTED
            self.told["territories.account_contested"] += 1

    @rule(who=SELLERS)
    def settle(self, who: str) -> None:
        """The director gives everything that is contested to one."""
        open_ones = [company for company, holder in self.holder.items() if holder == CONTESTED]
        choices = dict.fromkeys(self.companies, self.village.side(who))
        refused = self._refused(lambda: settle_contested(choices, by=actor(self.village, "dora"), now=now()))
        assert refused == (not open_ones)
        self.holder |= dict.fromkeys(open_ones, who)
        self.told["territories.holder_began"] += len(open_ones)

    @rule(which=CANDIDATE)
    def make_manager(self, which: int) -> None:
        name, by = f"candidate {which}", actor(self.village, "dora")
        refused = self._refused(lambda: appoint(unit=self.unit, person=self.people[which], by=by, now=now()))
        assert refused == (name == self.manager or name in self.gone)
        if not refused:
            self.manager = name
            self.appointed += 1

    @rule(which=CANDIDATE)
    def goes(self, which: int) -> None:
        name, by, who = f"candidate {which}", actor(self.village, "dora"), self.people[which]
        shares = {thing.id: self.village.people["sven"].pk for thing in asking.holdings(who, by) if thing.kind != "unit"}
        refused = self._refused(lambda: leave(person=who, shares=shares, by=by, now=now()), NotSeen)
        assert refused == (name in self.gone)
        self.gone.add(name)
        if not refused and self.manager == name:
            self.manager = "dora"  # the nearest manager above acts
            self.appointed += 1

    @invariant()
    def holders_are_those_on_paper(self) -> None:
        rows = Holding.objects.in_network(self.by).filter(account__in=self.companies, line=self.line)
        names = {self.village.people[name].pk: name for name in CALLERS}
        found = {self.companies.index(row.account_id): names.get(row.person_id, CONTESTED) for row in rows.filter(until=None)}
        assert found == self.holder
        for company in self.companies:
            periods = list(rows.filter(account=company).order_by("since", "until").values_list("since", "until"))
            assert all(until is not None and until <= since for (_, until), (since, _) in pairwise(periods))

    @invariant()
    def the_ledger_tells_what_happened(self) -> None:
        assert {kind: self._count(kind, *self.companies) for kind in HOLDER_KINDS} == {
            kind: self.told[kind] for kind in HOLDER_KINDS
        }
        assert self._count("network.manager_appointed", self.unit) == self.appointed

    @invariant()
    def one_manager_who_is_here(self) -> None:
        rows = Membership.objects.in_network(self.by).filter(unit=self.unit, role=Role.MANAGER)
        (manager,) = rows.filter(until=None).values_list("person", flat=True)
        names = {who: f"candidate {number}" for number, who in enumerate(self.people)}
        names |= {self.village.people[name].pk: name for name in ("jonas", "dora")}
        assert names[manager] == self.manager
        assert Person.objects.in_network(self.by).get(pk=manager).left is None
        periods = list(rows.order_by("since", "until").values_list("since", "until"))
        assert all(until is not None and until <= since for (_, until), (since, _) in pairwise(periods))


@pytest.fixture
def holders(village: Village) -> type[Holders]:
    Holders.village = village
    return Holders


def test_holders_and_managers_are_those_of_a_plain_model_after_any_acts(holders: type[Holders]) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    shape = settings(
        max_examples=15, stateful_step_count=25, deadline=None, database=None, suppress_health_check=checks,
        phases=(Phase.generate,),  # a failure is told as it was found: to make it shorter would take minutes
    )  # fmt: skip
    run_state_machine_as_test(holders, settings=shape)
