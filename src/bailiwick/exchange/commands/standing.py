"""A source is made standing, changed, given a key for deliveries, and ended; by the director."""

from collections.abc import Mapping
from datetime import datetime, time
from uuid import UUID

from django.utils.text import slugify

from bailiwick.exchange.commands.taking import may_import
from bailiwick.exchange.models import Import, StandingSource
from bailiwick.exchange.queries import last_mapping, one_import
from bailiwick.exchange.rules.mapping_file import from_json
from bailiwick.exchange.rules.masters import LATEST, WHO, mastered
from bailiwick.kit import Actor, NotSeen, Refused, say
from bailiwick.network.commands import give_token, revoke_token
from bailiwick.tenancy.turns import take_turns
from bailiwick.tenancy.walls import InNetwork

DELIVER = "deliver"
LONGEST_LABEL = 60


def make_standing(which: UUID, *, by: Actor, now: datetime) -> StandingSource:
    """The source of an import that was taken in is standing: what comes in its folder is taken in as that import was.

    Refuses an import that was not taken in. A source that is standing already is answered as it is.
    """
    may_import(by)
    of = one_import(by.scope, which)
    if of.state != Import.State.TAKEN:
        raise Refused(
            "not_taken", say("Only an import that was taken in can be taken in again by itself."), say("Take it in first.")
        )
    take_turns("exchange.standing", by.network)  # or two at once would both find it not standing, or one folder free
    there = StandingSource.objects.in_network(by).filter(source=of.source, ended=None).first()
    if there is not None:
        return there
    return StandingSource.objects.in_network(by).create(
        network_id=by.network, source=of.source, folder=_folder(of.source, by), by=by.person, began=now
    )


def _folder(source: str, by: InNetwork) -> str:
    """A name for its folder that no other standing source has."""
    there = set(StandingSource.objects.in_network(by).filter(ended=None).values_list("folder", flat=True))
    plain = slugify(source)[:50].strip("-_") or "source"
    folder, place = plain, 2
    while folder in there:
        folder, place = f"{plain}-{place}", place + 1
    return folder


def change_standing(
    which: UUID, *, night: time | None, links: Mapping[str, str], masters: Mapping[str, str], by: Actor, now: datetime
) -> StandingSource:
    """When it is taken in, where its rows are seen in the source, and who is master of each field. It goes on in `by`'s name.

    `links` by kind and `masters` by field hold what was chosen; a field that the mapping does not fill has no master.
    """
    row = standing(which, by)
    known = {f"{kind}.{field}" for kind, field in mastered(from_json(last_mapping(row.source, by)))}
    row.night, row.by = night, by.person
    row.links = {kind: link for kind, link in links.items() if link}
    row.masters = {name: who for name, who in masters.items() if name in known and who in WHO and who != LATEST}
    row.save(update_fields=["night", "by", "links", "masters"])
    return row


def end_standing(which: UUID, *, by: Actor, now: datetime) -> StandingSource:
    """Nothing of the source is taken in by itself any more, and its fields are everybody's again; its files stay."""
    row = standing(which, by)
    _close_key(row, by, now)
    row.ended, row.token = now, None
    row.save(update_fields=["ended", "token"])
    return row


def give_key(which: UUID, *, by: Actor, now: datetime) -> tuple[StandingSource, str]:
    """A token that delivers files of this source and opens nothing else; one given before opens nothing any more.

    Its text is shown this once.
    """
    row = standing(which, by)
    _close_key(row, by, now)
    token, text = give_token(label=row.source[:LONGEST_LABEL], scope=DELIVER, by=by, now=now)
    row.token, row.by = token.pk, by.person
    row.save(update_fields=["token", "by"])
    return row, text


def end_key(which: UUID, *, by: Actor, now: datetime) -> StandingSource:
    """Its token delivers nothing any more."""
    row = standing(which, by)
    _close_key(row, by, now)
    row.token = None
    row.save(update_fields=["token"])
    return row


def _close_key(row: StandingSource, by: Actor, now: datetime) -> None:
    """That of another director opens nothing by being no source's token any more."""
    if row.token is not None:
        try:
            revoke_token(row.token, by=by, now=now)
        except NotSeen:
            return


def standing(which: UUID, by: Actor) -> StandingSource:
    """The standing source, locked until the end of the act. Raises `NotSeen` for one that has ended."""
    may_import(by)
    row = StandingSource.objects.in_network(by).filter(pk=which, ended=None).select_for_update().first()
    if row is None:
        raise NotSeen
    return row
