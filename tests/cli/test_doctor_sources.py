"""The doctor says which standing sources do not go on."""

from datetime import UTC, datetime, timedelta

from bailiwick.cli.doctor import sources
from bailiwick.cli.doctor.line import GOOD, WATCH
from bailiwick.exchange.models import Incoming
from bailiwick.tenancy.within import set_network
from tests.cli.test_doctor import here
from tests.exports import a_standing_source
from tests.village import Village


def test_a_source_that_goes_on_is_in_trouble_or_is_silent(village: Village) -> None:
    assert here(village, sources.standing()) == []
    row = a_standing_source(village)
    assert [line.state for line in here(village, sources.standing())] == [GOOD]
    now = datetime.now(UTC)
    for days in (9, 8, 7, 6):
        Incoming.objects.in_network(village.by).create(
            network_id=village.by.network, of=row, name="deals.csv", size=1, digest=str(days), came=now - timedelta(days)
        )
    (line,) = here(village, sources.standing())
    assert (line.state, "nothing came for 6 days" in line.found) == (WATCH, True)
    row.trouble = {
        "about": "folder",
        "why": {"say": "Its folder cannot be used: %(why)s.", "places": {"why": "full"}},
        "remedy": {},
    }
    row.save()
    set_network(village.by.network)
    (line,) = here(village, sources.standing())
    assert (line.state, "does not go on: Its folder cannot be used: full." in line.found) == (WATCH, True)
