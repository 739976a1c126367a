"""The store of these tests holds a second network, as that of somebody who runs several does."""

import pytest

from bailiwick.network.commands import found_network
from bailiwick.tenancy.within import set_network
from tests.village import FOUNDED, Village


@pytest.fixture(autouse=True)
def _another_network(request: pytest.FixtureRequest) -> None:
    """Whoever asks for the village has a neighbour in the store; the transaction is in the village."""
    if "village" in request.fixturenames:
        village: Village = request.getfixturevalue("village")
        found_network(slug="neighbour", name="Neighbour", now=FOUNDED)
        set_network(village.by.network)
