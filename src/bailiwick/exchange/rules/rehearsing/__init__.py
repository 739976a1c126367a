"""What would come of tables under a mapping: records, refused rows and findings. Pure: the same in, the same out."""

from collections.abc import Sequence
from datetime import date

from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.exchange.rules.records import Rehearsal
from bailiwick.exchange.rules.rehearsing.activities import take_activities
from bailiwick.exchange.rules.rehearsing.contacts import leave_contacts_out
from bailiwick.exchange.rules.rehearsing.findings import findings_of
from bailiwick.exchange.rules.rehearsing.finishing import days_of, name_all, records_of
from bailiwick.exchange.rules.rehearsing.goods import take_products
from bailiwick.exchange.rules.rehearsing.history import take_history
from bailiwick.exchange.rules.rehearsing.judging import judge
from bailiwick.exchange.rules.rehearsing.leads import take_leads
from bailiwick.exchange.rules.rehearsing.listing import enlist, first_wins, refer_and_describe
from bailiwick.exchange.rules.rehearsing.opportunities import take_opportunities
from bailiwick.exchange.rules.rehearsing.orders import take_lines
from bailiwick.exchange.rules.rehearsing.origins import one_spelling_each
from bailiwick.exchange.rules.rehearsing.overlapping import mark_overlaps
from bailiwick.exchange.rules.rehearsing.people import leave_out, one_address_each, open_rings, take_people
from bailiwick.exchange.rules.rehearsing.work import Work, begin
from bailiwick.exchange.rules.tables import Table


def rehearse(tables: Sequence[Table], mapping: Mapping, *, today: date) -> Rehearsal:
    """The records that the tables tell of, and what has to be told about their rows.

    Each kind is read after those that it refers to. A row is taken, refused with its reason, or a repetition; nothing is
    cut and nothing is guessed. `today` decides what has happened already.
    """
    work = begin(tables, mapping, today)
    _read(work)
    one_spelling_each(work)
    open_rings(work)
    leave_out(work)
    one_address_each(work)
    leave_contacts_out(work)
    name_all(work)
    judge(work)
    since, as_of = days_of(work)
    refused = [row for sheet in work.sheets for row in sheet.not_taken()]
    rows = sum(len(sheet) + len(sheet.table.spoilt) for sheet in work.sheets)
    duplicates = sum(len(sheet.again) for sheet in work.sheets)
    unmapped = [table.name for table in tables if mapping.table(table.name) is None]
    return Rehearsal(
        rows=rows,
        accepted=rows - len(refused) - duplicates,
        duplicates=duplicates,
        records=records_of(work),
        refused=tuple(refused),
        findings=findings_of(work.notes, mapping, unmapped),
        as_of=as_of,
        since=since,
    )


def _read(work: Work) -> None:
    mark_overlaps(work)
    take_people(work)
    for kind in ("account", "contact"):
        enlist(work, kind, first_wins)
        refer_and_describe(work, kind)
    take_products(work)
    take_leads(work)
    take_opportunities(work)
    take_lines(work)
    take_history(work)
    take_activities(work)
