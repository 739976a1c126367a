"""The one line, as the API shows it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import MoneyShown, Ref, clock, money, number
from bailiwick.kit import Speech
from bailiwick.pipeline.commands.one_line import KeptLine
from bailiwick.pipeline.rules.line import Named, Understood


class NextShown(BaseModel):
    """What comes next."""

    kind: str | None
    text: str
    by: date | None


class UnderstoodShown(BaseModel):
    """How a line is understood. Nothing is kept yet."""

    text: str
    kind: str
    done: bool
    when: date | None
    time: str | None = Field(examples=["14:30"])
    account: Ref | None
    account_candidates: list[Ref] = Field(description="Companies that fit equally well; name one as `account` to keep the line.")
    account_text: str
    contact: Ref | None
    opportunity: Ref | None
    money: MoneyShown | None
    discount: str | None = Field(description="As a share of one.")
    next: NextShown | None
    promise: bool
    outcome: str | None
    reason: str
    chips: list[str]

    @classmethod
    def of(cls, line: Understood, speech: Speech) -> "UnderstoodShown":
        step = line.next
        return cls(
            text=line.text,
            kind=line.kind,
            done=line.done,
            when=line.when,
            time=clock(line.time),
            account=_named(line.account),
            account_candidates=[Ref(id=one.id, name=one.name) for one in line.account_candidates],
            account_text=line.account_text,
            contact=_named(line.contact),
            opportunity=_named(line.opportunity),
            money=money(line.money.amount, line.money.currency) if line.money else None,
            discount=number(line.discount),
            next=NextShown(kind=step.kind, text=step.text, by=step.by) if step else None,
            promise=line.promise,
            outcome=line.outcome,
            reason=line.reason,
            chips=[speech.say(chip) for chip in line.chips],
        )


class KeptLineShown(BaseModel):
    """What a line has become."""

    activity: UUID
    opportunity: UUID | None
    task: UUID | None
    promise: UUID | None

    @classmethod
    def of(cls, kept: KeptLine) -> "KeptLineShown":
        return cls(activity=kept.activity, opportunity=kept.opportunity, task=kept.task, promise=kept.promise)


def _named(one: Named | None) -> Ref | None:
    return Ref(id=one.id, name=one.name) if one else None
