"""Managers of tenant tables. They offer `seen_by(viewer)` and `in_network(actor)` and nothing else.

The first wall is the query set made here, the second is row-level security (`operations.Wall`).
"""

from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from bailiwick.kit import Scope

if TYPE_CHECKING:
    from bailiwick.tenancy.models import TenantModel

M = TypeVar("M", bound="TenantModel")


class InNetwork(Protocol):
    """Anything that names its network: an actor, a scope."""

    @property
    def network(self) -> UUID: ...


class UnscopedQuery(RuntimeError):
    """A tenant table was asked without saying for whom; a bug, never a refusal."""


def in_sight(viewer: Scope, prefix: str = "") -> Q:
    """Rows whose unit, person or organization the viewer sees; the same rule as `Scope.sees`."""
    if viewer.everything:
        return Q()
    return (
        Q(**{f"{prefix}unit_id__in": viewer.units})
        | Q(**{f"{prefix}person_id__in": viewer.people})
        | Q(**{f"{prefix}organization_id__in": viewer.organizations})
    )


class Walled(models.Manager[M]):
    """The only manager of a tenant table."""

    def get_queryset(self) -> models.QuerySet[M]:
        raise UnscopedQuery(f"{self.model.__name__}: say seen_by(viewer) or in_network(actor)")

    def in_network(self, by: InNetwork) -> models.QuerySet[M]:
        """All rows of the actor's network, for commands that judge rights themselves."""
        rows: models.QuerySet[M] = models.QuerySet(self.model, using=self._db)
        return rows.filter(network_id=by.network)

    def seen_by(self, viewer: Scope) -> models.QuerySet[M]:
        """The rows that the viewer sees."""
        return self.in_network(viewer).filter(self.model.sight(viewer))


class TenantKey(models.ForeignKey[Any, Any]):
    """A key to another row of the same network. `Wall` makes it composite, so that it cannot cross networks."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("db_constraint", False)
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, list(args), dict(kwargs)
