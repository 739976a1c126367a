"""What the values of a stage mean: won, lost, withdrawn or open, and where an open one stands in the process.

Knows words of several languages; what it does not know it leaves to the data or to a person.
"""

import re
from collections.abc import Iterable

from bailiwick.exchange.rules.detecting.words import folded

WON = frozenset(
    """won win gewonnen ganado ganada ganados ganadas gagne gagnee gagnes ganho ganha vinto vinta gewonnenn sold
    verkauft vendido vendida
    vendu vendue conclu beauftragt auftrag ordered wygrana wygrane vundet vunnen voitettu vunnet dealwon reussi reussie
    赢单 成交 受注""".split()
)
LOST = frozenset(
    """lost loss verloren perdido perdida perdidos perdu perdue perso persa verlust lose rejected declined abgelehnt
    absage rechazado
    rechazada rejete rejetee refuse refusee rifiutato przegrana tabt forlorad tapt havitty dead nosale 输单 失注""".split()
)
WITHDRAWN = frozenset(
    """disqualified abandoned cancelled canceled withdrawn disqualifiziert abgebrochen storniert zuruckgezogen annule
    annulee abandonne
    abandonnee cancelado cancelada descartado descartada unqualified eingestellt aufgegeben nodecision nogo omitted
    suspended annullato
    annullata vervallen ignored entfallen hinfallig unqualifiziert""".split()
)
HELD = frozenset(
    "hold offen open pausiert zuruckgestellt ruhend abierto abierta ouvert ouverte aperto pending parked paused".split()
)
# They sound won, but some processes go on after them: a guess, which a person confirms.
PERHAPS_WON = frozenset(
    """signed completed done accepted closed delivered shipped paid bezahlt geliefert bestellt
    successful success erfolgreich abgeschlossen erledigt cerrado
    cerrada ferme conclue geschlossen""".split()
)
# They stand at the end, whatever word stands beside them: "Contract signed" is no open contract.
SEALED = frozenset(
    """signed unterschrieben unterzeichnet firmado firmada signe signee accepted angenommen aceptado aceptada
    accepte""".split()
)
NOT = frozenset("not no nicht non nao kein keine sin".split())

# Words of open stages, from the first talk to the last signature.
RANKS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        """new neu neue lead prospect prospecting prospektion prospeccion prospection eingang nuevo nueva nouveau inbox
        erstkontakt erstgesprach target identified identifiziert interest suspect idea idee incoming anfrage open offen
        backlog nuovo""",
        """qualification qualified qualify qualifying qualifizierung qualifiziert cualificacion calificacion calificado
        engaging engaged contacted contact kontakt kontaktiert discovery connected connect working outreach contactado
        contacte qualifica""",
        """needs need demo demonstration appointment appt presentation prasentation presented presentacion analysis analyse
        bedarf bedarfsanalyse meeting scheduled termin evaluation evaluierung assessment poc pilot trial solution solucion
        value perception makers visit besuch workshop scoping design develop developing besichtigung validation
        bewertung""",
        """proposal proposed propose quote quotation quoted angebot angebote angeboten angebotsphase offer offered oferta
        propuesta proposition proposta devis rfp rfq bid tender price pricing offerte ausschreibung estimate kalkulation""",
        """negotiation negotiating negotiate negotiations verhandlung verhandeln negociacion negociation negociando review
        decision entscheidung bought shortlist favorit trattativa verbal mundlich finalist""",
        """contract vertrag commit committed contrat contrato contratto closing legal signature signing procurement po
        vertragsprufung abschluss abschlussphase cierre sent paperwork""",
    )
)
# Processes that vendors ship: their own order beats the order of the words.
PROCESSES = (
    (
        "Prospecting",
        "Qualification",
        "Needs Analysis",
        "Value Proposition",
        "Id. Decision Makers",
        "Perception Analysis",
        "Proposal/Price Quote",
        "Negotiation/Review",
    ),
    ("Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Decision Maker Bought-In", "Contract Sent"),
    (
        "Qualification",
        "Needs Analysis",
        "Value Proposition",
        "Identify Decision Makers",
        "Proposal/Price Quote",
        "Negotiation/Review",
    ),
    ("Qualified", "Contact Made", "Demo Scheduled", "Proposal Made", "Negotiations Started"),
    ("Qualify", "Develop", "Propose", "Close"),
)


def _words(value: str) -> list[str]:
    bare = re.sub(r"\bwon['’]t\b", "not", value, flags=re.IGNORECASE)
    return [word for word in (folded(piece) for piece in re.split(r"[\W\d_]+", bare)) if word]


def outcome_of(value: str) -> str:
    """won, lost, withdrawn, open, "perhaps" (won, it seems), or "" for words that nobody knows.

    >>> [outcome_of(value) for value in ("Closed Won", "Nicht gewonnen", "Disqualified", "On hold", "Contract Sent", "Phase 7")]
    ['won', 'lost', 'withdrawn', 'open', 'open', '']
    """
    words = _words(value)
    among, whole = set(words), "".join(words)
    if among & LOST or whole in LOST:
        return "lost"
    if among & WITHDRAWN or whole in WITHDRAWN or ({"qualified", "qualifiziert"} & among and among & NOT):
        return "withdrawn"
    if among & WON or whole in WON:
        return "lost" if among & NOT else "won"
    if among & SEALED:
        return "perhaps"
    if rank_of(value) is not None or among & HELD:
        return "open"
    return "perhaps" if among & PERHAPS_WON else ""


def rank_of(value: str) -> int | None:
    """Where a stage stands by its words; the latest word decides, except that a decision maker is no decision.

    >>> rank_of("Angebot"), rank_of("Id. Decision Makers"), rank_of("Closed Won")
    (3, 2, None)
    """
    words = set(_words(value))
    if "makers" in words:
        words.discard("decision")
    ranks = [place for place, known in enumerate(RANKS) if known & words]
    return max(ranks) if ranks else None


def shipped_order(values: Iterable[str]) -> tuple[str, ...]:
    """The shipped process that knows all these open stages, as they are written here; empty if none does."""
    written = {folded(value): value for value in values}
    for process in PROCESSES:
        order = [folded(step) for step in process]
        if len(written) > 1 and set(written) <= set(order):
            return tuple(written[step] for step in order if step in written)
    return ()


def telling(values: Iterable[str]) -> frozenset[str]:
    """The values that speak of a deal's way."""
    return frozenset(value for value in values if outcome_of(value))
