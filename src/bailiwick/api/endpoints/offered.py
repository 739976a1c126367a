"""What is sold, at which prices, and the way to sell it."""

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Cursor, Limit
from bailiwick.api.shapes.offered import PriceShown, ProcessShown, ProductShown
from bailiwick.api.shapes.plain import Page
from bailiwick.kit import NotSeen
from bailiwick.offer import queries
from bailiwick.pipeline.queries import process_in_force, steps
from bailiwick.tenancy.paging import SIZE, page


@endpoint("GET", "/products", name="products", gives=Page[ProductShown])
def products(asked: Asked, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """Products that are sold, by name, with their sales line."""
    found = page(queries.products(asked.viewer), key="name", cursor=cursor, size=limit)
    return Told(Page[ProductShown](items=[ProductShown.of(row) for row in found.rows], next=found.next))


@endpoint("GET", "/prices", name="prices", gives=Page[PriceShown])
def prices(asked: Asked, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """Prices in force today, for those who sell."""
    found = page(queries.prices(asked.viewer, asked.today), key="id", cursor=cursor, size=limit)
    return Told(Page[PriceShown](items=[PriceShown.of(row) for row in found.rows], next=found.next))


@endpoint("GET", "/process", name="process", gives=ProcessShown)
def process(asked: Asked) -> Told:
    """The way to sell that is in force, with its steps in order."""
    found = process_in_force(asked.viewer)
    if found is None:
        raise NotSeen
    return Told(ProcessShown.of(found, steps(asked.viewer, found.pk)))
