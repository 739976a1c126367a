"""All words that mean something to the rules, and those that mean nothing anywhere: none of them names anybody."""

from bailiwick.pipeline.rules.line.clauses import JOINTS
from bailiwick.pipeline.rules.line.daynames import DAY_WORDS
from bailiwick.pipeline.rules.line.endings import OUTCOME_WORDS
from bailiwick.pipeline.rules.line.hours import LED
from bailiwick.pipeline.rules.line.promises import PROMISE_WORDS
from bailiwick.pipeline.rules.line.shares import BETWEEN, CLOSED, GAVE, MINUS, OFF, OTHER_AFTER, OTHER_BEFORE, PERCENT, WANTS
from bailiwick.pipeline.rules.line.steps import STEP_ALL
from bailiwick.pipeline.rules.line.sums import COUNTED, CURRENCIES, DEALS, GLUED_SCALES, NO_SUM_BEFORE, WITH_EURO
from bailiwick.pipeline.rules.line.verbs import VERB_WORDS
from bailiwick.pipeline.rules.line.words import keys

STOP = keys(
    "uhr am pm o'clock moved approx approximately about vereinbart arranged checked check again a all also an and any"
    " are as at back be been being but by can could de did do does done each for from get give go going good great had"
    " has have he her here him his how i if in into is it its just keep know later let like little look made make many"
    " may me mine more most mr mrs ms much must my nice no now of on once one only open or other our out over own per"
    " quite really say see seems she should so some soon still such take than thanks that the their them then there"
    " these they thing things think this those time to too two under until up us use very via was we well were what"
    " when where which while who why will with would yes yet you your big small new old few price prices expensive"
    " cheap high low early late long short happy okay ok fine customer client company they're it's that's budget team"
    " boss ceo cfo cto aber alle alles als auch auf aus bei beim bin bis bitte da dann das dass dem den der des die"
    " dies diese dieser doch du durch ein eine einem einen einer er erst es etwas für gegen gibt gut guter habe haben"
    " hat ich ihm ihn ihnen ihr ihre im immer ins ist ja jetzt kann kein keine können macht man mehr mein mich mir mit"
    " muss nach nein nicht nichts noch nun nur ob oder ohne sehr sein seine sich sie sind über um und uns unser unsere"
    " unter viel vom von vor war waren weil wenn wer wie wieder wir wird wo wohl zu zum zur zwei teuer hoch frau herr"
    " herrn kunde kunden firma preis preise chef sagt sagte neu neue neuen neuer alt schon bald später gestern"
)
VOCABULARY = (
    STOP
    | JOINTS
    | DAY_WORDS
    | OUTCOME_WORDS
    | LED
    | PROMISE_WORDS
    | BETWEEN
    | CLOSED
    | GAVE
    | MINUS
    | OFF
    | OTHER_AFTER
    | OTHER_BEFORE
    | PERCENT
    | WANTS
    | STEP_ALL
    | COUNTED
    | frozenset(CURRENCIES)
    | DEALS
    | frozenset(GLUED_SCALES)
    | NO_SUM_BEFORE
    | frozenset(WITH_EURO)
    | VERB_WORDS
)
COMMON = keys("the der die das deutsche first group gruppe north south new general royal united global")
OPENERS = keys(
    "promised will wants wanted want asked asks need needs call meet send prepare proposal offer demo contract"
    " meeting visit i we i'll we'll signed won lost called met emailed wrote spoke visited versprochen möchte angebot"
    " termin vertrag angerufen getroffen gewonnen verloren ich wir rabatt discount remember must should they he she"
    " kunde customer"
)
