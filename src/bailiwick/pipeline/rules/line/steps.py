"""The words for what comes next in a sale, and where they are only what was talked about."""

from dataclasses import dataclass

from bailiwick.kit import Sentence, say
from bailiwick.pipeline.rules.line.words import Line, Span, keys, longest, phrases, single

STEPS: dict[str, Sentence] = {
    "proposal": say("proposal"),
    "offer": say("offer"),
    "demo": say("demo"),
    "presentation": say("presentation"),
    "contract": say("contract"),
    "reference": say("reference"),
    "trial": say("trial"),
    "sample": say("sample"),
    "workshop": say("workshop"),
    "decision": say("decision"),
    "follow-up": say("follow-up"),
    "call": say("call"),
    "meeting": say("meeting"),
    "visit": say("visit"),
    "mail": say("mail"),
}
STEP_WORDS = phrases(
    {
        "proposal": "proposal|proposals|vorschlag",
        "offer": "offer|quote|quotation|angebot|angebote|angebots|kostenvoranschlag|estimate",
        "demo": "demo|demonstration|vorführung",
        "presentation": "presentation|präsentation|pitch",
        "contract": "contract|contracts|vertrag|vertrags|verträge|agreement",
        "reference": "reference|references|referenz|referenzen",
        "trial": "trial|pilot|poc|proof of concept|teststellung|probelauf|test run",
        "sample": "sample|samples|muster",
        "workshop": "workshop",
        "decision": "decision|entscheidung",
        "follow-up": "follow up|follow-up|followup|nachfassen|wiedervorlage",
        "call": "call|phone call|anruf|telefonat|rückruf|telefontermin|call back|anrufen|zurückrufen",
        "meeting": "meeting|termin|treffen|besprechung|appointment|gespräch",
        "visit": "visit|besuch",
        "mail": "mail|email|e-mail",
    }
)
TOPIC = keys(
    "about re regarding on for of over concerning discussing discuss discussed after before since during in from"
    " wegen zum zur bezüglich nach vor aus beim im zu with mit our last signed bei"
)
BETWEEN = keys("the a an our new their next first second den die das dem der ein eine einen neue neuen unser unsere")
ASKED_FOR = keys("ask asks asked asking wants looking waiting bat bittet bitten fragte fragt fragten")
OVER = keys(
    "wrote written geschrieben prepared finished delivered geliefert erstellt sent received got discussed reviewed"
    " showed presented held gave did had done signed accepted declined rejected liked geschickt gesendet verschickt"
    " erhalten besprochen gezeigt präsentiert unterschrieben abgelehnt bekommen went lief war was were gehabt abgesagt"
    " cancelled canceled gewonnen verloren won lost ordered expired abgegeben läuft unterzeichnet"
)
STEP_ALL = single(STEP_WORDS) | TOPIC | BETWEEN | ASKED_FOR | OVER


@dataclass(frozen=True, slots=True)
class StepSaid(Span):
    """A step as said; `topic` where it is only what something was about."""

    kind: str
    topic: bool


def steps(line: Line, clause: Span) -> tuple[StepSaid, ...]:
    """The steps named in a clause."""
    found: list[StepSaid] = []
    at = clause.first
    while at < clause.end:
        one = longest(line, at, STEP_WORDS, 3)
        if one is not None:
            found.append(StepSaid(at, one[0], one[1], _topic(line, at, clause)))
        at = one[0] if one is not None else at + 1
    return tuple(found)


def is_over(line: Line, clause: Span) -> bool:
    """Whether the clause tells of something past: "proposal sent", "Angebot geschickt"."""
    return any(line.key(at) in OVER for at in range(clause.first, clause.end))


def _topic(line: Line, at: int, clause: Span) -> bool:
    before = at - 1
    while before >= max(clause.first, at - 2) and line.key(before) in BETWEEN:
        before -= 1
    return before >= clause.first and line.key(before) in TOPIC and line.key(before - 1) not in ASKED_FOR
