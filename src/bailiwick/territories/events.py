"""What happens to companies and to the right to call on them."""

from dataclasses import dataclass
from uuid import UUID

from bailiwick.kit import Event, say


@dataclass(frozen=True, kw_only=True)
class AccountAdded(Event):
    KIND = "territories.account_added"
    SENTENCE = say("%(by)s entered %(subject)s")


@dataclass(frozen=True, kw_only=True)
class AccountChanged(Event):
    KIND = "territories.account_changed"
    SENTENCE = say("%(by)s changed the card of %(subject)s")
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    KIND = "territories.contact_added"
    SENTENCE = say("%(by)s entered the contact %(subject)s")


@dataclass(frozen=True, kw_only=True)
class ContactErased(Event):
    KIND = "territories.contact_erased"
    SENTENCE = say("%(by)s erased a contact")


@dataclass(frozen=True, kw_only=True)
class HolderBegan(Event):
    KIND = "territories.holder_began"
    SENTENCE = say("%(holder)s calls on %(subject)s from now on")
    holder: UUID
    line: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class HolderEnded(Event):
    KIND = "territories.holder_ended"
    SENTENCE = say("%(holder)s no longer calls on %(subject)s")
    holder: UUID
    line: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class AccountContested(Event):
    KIND = "territories.account_contested"
    SENTENCE = say("%(subject)s is contested: several people work there, nobody holds it")
    line: UUID
