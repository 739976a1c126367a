"""The acts that a line names: what kind, in which clause, and whether they are done."""

from collections.abc import Sequence
from dataclasses import dataclass

from bailiwick.pipeline.rules.line.daynames import DAY_WORDS
from bailiwick.pipeline.rules.line.records import Kind
from bailiwick.pipeline.rules.line.verbs import CALLED_OFF, MAY_PRECEDE, NOT, NOTES, PLANNED, VERBS, WEAK, Form
from bailiwick.pipeline.rules.line.words import Line, Span, keys, longest

REACH = 3  # words before a verb in which a "not" turns it


@dataclass(frozen=True, slots=True)
class Act(Span):
    """An act as said; `urged` where the clause says that it is still to do ("need to")."""

    kind: Kind
    form: Form
    clause: Span
    urged: bool


def acts(line: Line, cut: Sequence[Span], taken: frozenset[int]) -> tuple[Act, ...]:
    """The acts of a line in its order. `taken` are the words that are names or days."""
    found: list[Act] = []
    for clause in cut:
        urged = any(_urges(line, at, clause) for at in range(clause.first, clause.end) if at not in taken)
        off = any(line.key(at) in CALLED_OFF for at in range(clause.first, clause.end))
        at = clause.first
        while at < clause.end and not off:
            act = None if at in taken else _act(line, at, clause, urged, taken)
            if act is not None:
                found.append(act)
            at = act.end if act is not None else at + 1
    return tuple(found)


def urged_clause(line: Line, cut: Sequence[Span]) -> Span | None:
    """The first clause that says that something is to be done, by anybody of ours."""
    for clause in cut:
        for at in range(clause.first, clause.end):
            if _urges(line, at, clause):
                return clause
    return None


def _urges(line: Line, at: int, clause: Span) -> bool:
    """Whether something is still to be done by us. "will 15%", "will den Vertrag": the German one wants."""
    if not longest(line, at, PLANNED, 3) or theirs(line, at, clause):
        return False
    after = line.words[at + 1] if at + 1 < clause.end else None
    wants = line.key(at) == "will" and after and (after.number or after.capital or after.key in WANTED)
    return not wants


def _act(line: Line, at: int, clause: Span, urged: bool, taken: frozenset[int]) -> Act | None:
    if at == clause.first and (mark := longest(line, at, NOTES, 3)):
        done = Form.DONE if mark[1] is Kind.NOTE else Form.PLAN
        return Act(at, mark[0], mark[1], done, clause, mark[1] is Kind.TASK)
    if _turned(line, at, clause):
        return None
    strong, weak = longest(line, at, VERBS), longest(line, at, WEAK)
    if weak and (strong is None or weak[0] > strong[0]):
        verb = _can_be_verb(line, at, clause, taken) and not theirs(line, at, clause)
        return Act(at, weak[0], weak[1], Form.PLAN, clause, urged) if verb else _noun(line, at, weak, clause, urged)
    if strong is None:
        return None
    kind, form = strong[1]
    if line.key(at) == "treffen" and line.words[at].capital:
        form = Form.NOUN
    return Act(at, strong[0], kind, form, clause, urged)


def _noun(line: Line, at: int, weak: tuple[int, Kind], clause: Span, urged: bool) -> Act | None:
    """ "the call went well", "good call": a thing, and only calls and visits are."""
    article = line.key(at - 1) in ("the", "a", "our", "my", "good", "great", "had", "had a", "first", "second")
    named = weak[1] in (Kind.CALL, Kind.VISIT) and weak[0] == at + 1 and at > clause.first and article
    return Act(at, weak[0], weak[1], Form.NOUN, clause, urged) if named else None


def _turned(line: Line, at: int, clause: Span) -> bool:
    """Whether a "not" stands shortly before; "don't forget to call" is no such not."""
    near = [line.key(i) for i in range(max(clause.first, at - REACH), at)]
    return bool(NOT.intersection(near)) and not {"forget", "vergessen"}.intersection(near)


def _can_be_verb(line: Line, at: int, clause: Span, taken: frozenset[int]) -> bool:
    """A command opens its clause, or follows "to", "will" and the like, or nothing but names and days."""
    before = range(clause.first, at)
    if line.key(at - 1) in ("to", "will", "zu", "i'll", "we'll"):
        return True
    return all(i in taken or line.key(i) in MAY_PRECEDE or line.words[i].capital or line.words[i].mark for i in before)


THEY = keys("they he she it customer client kunde kundin er sie supplier boss they'll he'll she'll who which")
HAVE = keys("has have had will hat haben hatte also both must should would")
PASSIVE = keys("was were been got being be wurde wurden")
WE = keys("i we i've we've i'll we'll ich wir habe")
WANTED = keys("ein eine einen den die das der noch mehr keinen kein keine nicht unser unsere unseren bis")


def theirs(line: Line, at: int, clause: Span) -> bool:
    """Whether somebody else than the person acts here: "they need to decide", "the customer will send", "Acme will call"."""
    before = at - 1
    while before >= clause.first and line.key(before) in HAVE:
        before -= 1
    if line.key(at) in THEY or (before >= clause.first and line.key(before) in THEY):
        return True
    subject = range(clause.first, before + 1)
    modal = before < at - 1 or line.key(at) in HAVE
    return modal and bool(subject) and all(_name(line, i) for i in subject)


def _name(line: Line, at: int) -> bool:
    return line.words[at].capital and line.key(at) not in WE | DAY_WORDS | MAY_PRECEDE
