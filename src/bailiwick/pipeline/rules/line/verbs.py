"""The words for what a salesperson does, and how far each of them says that it is done."""

from enum import Enum

from bailiwick.pipeline.rules.line.records import Kind
from bailiwick.pipeline.rules.line.words import keys, phrases, single


class Form(Enum):
    """How a word speaks of time."""

    DONE = "met, angerufen"
    NOUN = "meeting with, Termin: done, unless its day lies ahead"
    PLAN = "call, anrufen: planned, unless its day lies behind"


VERBS = phrases(
    {
        (Kind.MEETING, Form.DONE): "met|met with|traf|trafen|getroffen|caught up with|hosted|had lunch with|had coffee with"
        "|presented to|präsentierte bei",
        (Kind.CALL, Form.DONE): "called|phoned|rang|spoke|spoke with|spoke to|spoken|talked|talked to|talked with|angerufen"
        "|telefoniert|telefonierte|telefonierten|gesprochen|sprach|sprachen|zurückgerufen|called back|left voicemail"
        "|left a voicemail|tried to call|tried to reach|tried calling|rief|riefen|skyped|zoomed",
        (Kind.MAIL, Form.DONE): "emailed|e-mailed|mailed|wrote|wrote to|written|texted|messaged|sent|gemailt|mailte|geschrieben"
        "|schrieb|schrieben|geschickt|gesendet|verschickt|gesandt|versandt|zugeschickt",
        (Kind.VISIT, Form.DONE): "visited|besucht|besuchte|besuchten|war bei|waren bei|was at|were at|dropped by",
        (Kind.MEETING, Form.NOUN): "meeting|meeting with|termin|termin mit|treffen mit|besprechung|gespräch mit|gespräch bei"
        "|lunch with|coffee with|dinner with|mittagessen mit|demo with|demo at|demo mit|demo bei|präsentation bei"
        "|präsentation mit|presentation at|presentation with|workshop with|workshop mit|workshop bei|vorführung bei"
        "|appointment|appointment with|kundentermin|video call|videocall|videokonferenz",
        (Kind.CALL, Form.NOUN): "call with|call from|call to|phone call|telefonat|telefonat mit|anruf|anruf bei|anruf von"
        "|telefontermin|telco|telko|call mit",
        (Kind.MAIL, Form.NOUN): "email to|e-mail to|mail to|mail an|email an|e-mail an|mail von|email from|mail from|e-mail von"
        "|e-mail from",
        (Kind.VISIT, Form.NOUN): "visit to|visit at|visit with|besuch|besuch bei|besuch von|kundenbesuch|site visit",
        (Kind.CALL, Form.PLAN): "anrufen|anzurufen|rückruf|telefonieren|zu telefonieren|zurückrufen|zurückzurufen|sprechen",
        (Kind.MEETING, Form.PLAN): "treffen",
        (Kind.VISIT, Form.PLAN): "besuchen|zu besuchen",
        (Kind.MAIL, Form.PLAN): "mailen|schreiben|anschreiben|anzuschreiben",
        (Kind.TASK, Form.PLAN): "schicken|senden|zuschicken|zusenden|verschicken|vorbereiten|vorzubereiten|erstellen"
        "|nachfassen|nachzufassen|einplanen|klären|nachreichen|zu schicken|zu senden",
    }
)

# These are nouns as well ("the call went well"): verbs only where a verb can stand.
WEAK = phrases(
    {
        Kind.CALL: "call|call back|phone|ring|ring up|rufe|ruf",
        Kind.MEETING: "meet|meet with",
        Kind.VISIT: "visit|besuche",
        Kind.MAIL: "mail|email|e-mail|write|write to|schreibe|maile",
        Kind.TASK: "send|prepare|follow up|follow up with|chase|schicke|sende|bereite|book|schedule|draft|finish|arrange",
    }
)
NOTES = phrases({Kind.NOTE: "note|notes|notiz|notizen|nb|fyi|memo", Kind.TASK: "task|todo|to do|to-do|aufgabe|reminder"})

PLANNED = phrases(
    {
        True: "need to|needs to be|have to|remember to|must|should|going to|want to|plan to|planning to|don't forget"
        "|do not forget|remind me|gotta|got to|will|i'll|we'll|i'd like to|muss|müssen|soll|sollte|sollten|sollen"
        "|nicht vergessen|denk an|daran denken|denk dran|erinnern|erinnere mich|werde|werden|bitte|please|nochmal"
    }
)
MAY_PRECEDE = keys(
    "to will i we i'll we'll must should please then and und dann ich wir werde muss soll bitte let's also noch again"
    " gotta back next now , : todo nochmal wieder"
)
NOT = keys(
    "not nicht never nie kein keine keinen didn't haven't hasn't couldn't wasn't weren't don't doesn't won't can't"
    " cannot no without ohne isn't ain't"
)
CALLED_OFF = keys(
    "cancelled canceled cancels abgesagt verschoben postponed rescheduled missed ausgefallen entfällt noshow verpasst"
)
PAST = keys(
    "asked said told wanted decided confirmed agreed liked had was were went received got gave discussed reviewed"
    " showed presented sent sagte sagten fragte wollte wollten hatte hatten war waren bestätigt besprochen gezeigt"
    " erhalten bekommen präsentiert geschickt gesendet verschickt abgelehnt declined accepted rejected gefragt gesagt"
)
HELD = keys("had hatte hatten war went was lief verlief gehabt after nach good great gutes guter gute")
VERB_WORDS = single(VERBS) | single(WEAK) | single(NOTES) | single(PLANNED) | MAY_PRECEDE | NOT | CALLED_OFF | PAST | HELD
