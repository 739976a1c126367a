"""The exact identity keys of cards follow what the cards say."""

from collections.abc import Collection

from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.fields import ACCOUNT
from bailiwick.territories.models import Account, AccountKey
from bailiwick.territories.rules import keys_of

NAMES = (*(field.short for field in ACCOUNT), "tax_number")


def refresh_keys(rows: Collection[Account], *, by: InNetwork) -> None:
    """The keys of these cards are those of their present website, telephone and numbers."""
    AccountKey.objects.in_network(by).filter(account__in=rows).delete()
    AccountKey.objects.in_network(by).bulk_create(
        AccountKey(network_id=by.network, account=row, kind=kind, value=value)
        for row in rows
        for kind, value in keys_of({name: getattr(row, name) for name in NAMES})
    )
