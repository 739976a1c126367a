"""Who should call on a company on which several people work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody's work on one company: open deals, the day of the newest contact and of the newest deal."""

    person: UUID
    open: int
    contact: date | None = None
    deal: date | None = None


def caller(workers: Iterable[Worker]) -> UUID | None:
    """Whoever has most open deals there, then the newest contact, then the newest deal; None where nobody works there.

    Where all are equal it is the person who was entered first, so that the same rows always propose the same.

    >>> one, two = UUID(int=1), UUID(int=2)
    >>> caller([Worker(one, 1, date(2026, 11, 20)), Worker(two, 2)]) == two
    True
    """
    there = sorted(workers, key=lambda worker: str(worker.person))
    best = max(there, key=lambda worker: (worker.open, worker.contact or date.min, worker.deal or date.min), default=None)
    return best.person if best else None
