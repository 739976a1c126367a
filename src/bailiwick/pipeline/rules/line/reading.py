"""The two questions to a line: which words may be names, and what it says."""

from collections.abc import Sequence
from datetime import date

from bailiwick.kit import Sentence
from bailiwick.pipeline.rules.line import chips
from bailiwick.pipeline.rules.line.activity import Activity, activity
from bailiwick.pipeline.rules.line.endings import reason
from bailiwick.pipeline.rules.line.following import Following, following
from bailiwick.pipeline.rules.line.hearing import Heard, hear
from bailiwick.pipeline.rules.line.names import telling
from bailiwick.pipeline.rules.line.parties import Parties, parties
from bailiwick.pipeline.rules.line.records import Named, Understood
from bailiwick.pipeline.rules.line.shares import discount
from bailiwick.pipeline.rules.line.steps import steps
from bailiwick.pipeline.rules.line.strangers import stranger
from bailiwick.pipeline.rules.line.sums import value
from bailiwick.pipeline.rules.line.words import Span, cut

MOST_CANDIDATES = 12
SHORTENED = ("'d", "'ll", "'re", "'ve", "'m", "n't")  # they'd: no name
MOST_UNSURE_DAYS = 3


def candidates(text: str) -> tuple[str, ...]:
    """The words worth looking up as names, in small letters and in their order; of many, those in capitals first.

    >>> candidates("met Hafen Logistik, proposal 84k by Friday, wants 15%")
    ('hafen', 'logistik')
    """
    found: dict[str, bool] = {}
    for word in cut(text).words:
        typed = word.text.lower().replace("’", "'").removesuffix("'s")
        if telling(word.key) and telling(typed) and typed[0].isalpha() and not typed.endswith(SHORTENED):
            found[typed] = found.get(typed, False) or word.capital
    kept = sorted(found, key=lambda word: not found[word])[:MOST_CANDIDATES]
    return tuple(word for word in found if word in kept)


def understand(
    text: str,
    *,
    today: date,
    language: str,
    currency: str,
    accounts: Sequence[Named],
    contacts: Sequence[Named],
    opportunities: Sequence[Named],
) -> Understood:
    """What a line says. Any text has an answer; one in which nothing is recognised is a note of today.

    `language` decides only what 3/4 is: the third of April in German, asked in any other. Both languages' words are
    always understood. `accounts` should hold the companies of `contacts` and `opportunities` too, so that these have names.
    """
    heard = hear(text, today, language, currency, accounts, contacts, opportunities)
    main = activity(heard)
    step = following(heard, main)
    known = {named.id: named for named in (*opportunities, *accounts)}
    who = parties(heard.line, heard.names, known, main.clause)
    return _told(text, heard, main, step, who)


def _told(text: str, heard: Heard, main: Activity, step: Following | None, who: Parties) -> Understood:
    money, _ = value(heard.sums)
    share, _ = discount(heard.shares)
    unknown = "" if who.account or who.candidates else _stranger(heard, main)
    ending = heard.ending
    why = _reason(heard) if ending else ""
    return Understood(
        text=text,
        kind=main.kind,
        done=main.done,
        when=main.when,
        time=main.time,
        account=who.account,
        account_candidates=who.candidates,
        account_text=unknown,
        contact=who.contact,
        opportunity=who.opportunity,
        money=money,
        discount=share,
        next=step.next if step else None,
        promise=bool(heard.promised),
        outcome=ending.outcome if ending else None,
        reason=why,
        chips=_chips(heard, main, step, who, unknown, why),
    )


def _chips(heard: Heard, main: Activity, step: Following | None, who: Parties, unknown: str, why: str) -> tuple[Sentence, ...]:
    passed = [heard.line.said(step.passed)] if step and step.passed else []
    if main.day and not main.done and main.when is None and not main.day.unsure:
        passed.append(heard.line.said(main.day))
    unsure = [heard.line.said(day) for day in heard.days if day.unsure]
    return (
        chips.of_activity(main, heard.today),
        *chips.of_parties(who, unknown),
        *chips.of_next(step.next if step else None, heard.today),
        *chips.of_money(*value(heard.sums)),
        *chips.of_discount(*discount(heard.shares)),
        *chips.of_ending(heard.ending.outcome if heard.ending else None, why),
        *chips.of_promise(bool(heard.promised)),
        *chips.of_unsure_days((passed + unsure)[:MOST_UNSURE_DAYS]),
    )


def _stranger(heard: Heard, main: Activity) -> str:
    clause = main.clause
    pivots: list[Span] = [main.act] if main.act else []
    if heard.ending and heard.ending.first in clause:
        pivots.append(heard.ending)
    pivots += [Span(one.first, one.end) for one in steps(heard.line, clause)] if not pivots else []
    taken = frozenset(at for span in heard.spans for at in range(span.first, span.end))
    return stranger(heard.line, clause, pivots, taken.__contains__)


def _reason(heard: Heard) -> str:
    """The reason of the decision; a clause that acts, steps, dates or prices something else tells none."""
    if heard.ending is None:
        return ""
    telling_else = [
        bool(steps(heard.line, clause) or heard.days_in(clause))
        or any(act.clause == clause for act in heard.acts)
        or any(span.first in clause for span in (*heard.sums, *heard.shares, *heard.names.spans))
        for clause in heard.clauses
    ]
    return reason(heard.line, heard.clauses, heard.ending, heard.spans, telling_else)
