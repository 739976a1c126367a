"""The contract is complete, and what answers keeps to it."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import URLPattern
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from bailiwick.api.contract import address_of, api, contract, declared, errors_of, operations
from bailiwick.api.door import Endpoint
from tests.api.conftest import Caller
from tests.village import Village


def test_the_contract_is_public_openapi_3_1(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json()["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"


def test_every_address_is_a_declared_endpoint() -> None:
    named = {(one.method, address_of(one)) for one in declared()}
    assert set(operations()) == named
    assert len(named) == len(declared()) == len({one.name for one in declared()})
    views = {str(pattern.pattern) for pattern in api().urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"}
    assert len(views) == len({one.path for one in declared()})


@pytest.mark.parametrize("one", declared(), ids=lambda one: one.name)
def test_every_operation_says_who_what_and_how_it_fails(one: Any) -> None:
    operation = contract()["paths"][address_of(one)][one.method.lower()]
    assert one.roles
    assert operation["security"] == [{"Bearer": []}]
    assert operation["description"]
    assert {str(status) for status in errors_of(one)} < set(operation["responses"])
    for parameter in operation["parameters"]:
        schema = parameter["schema"]
        assert schema["type"] != "integer" or {"minimum", "maximum"} <= set(schema), parameter
    assert any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"]) == one.acts


def test_every_body_refuses_what_it_does_not_know() -> None:
    for address, methods in contract()["paths"].items():
        for operation in methods.values():
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                name = schema["$ref"].rsplit("/", 1)[1]
                assert contract()["components"]["schemas"][name]["additionalProperties"] is False, address


def test_every_field_that_is_typed_says_why_it_is_asked() -> None:
    asked = [name for name in contract()["components"]["schemas"] if name.endswith(("New", "Change", "Typed", "Kept", "Close"))]
    for name in asked:
        for prop, schema in contract()["components"]["schemas"][name]["properties"].items():
            if prop in ("lines", "activities", "account", "opportunity", "product"):
                continue
            assert schema.get("description"), (name, prop)


# In the daily run each operation is tried well or badly in turn; BAILIWICK_FUZZ=60 tries all of them both ways, so often.
DAILY = "BAILIWICK_FUZZ" not in os.environ
EXAMPLES = int(os.environ.get("BAILIWICK_FUZZ", "3"))


def _asks(one: Endpoint) -> bool:
    """Whether there is anything that could be wrong about a request."""
    operation = contract()["paths"][address_of(one)][one.method.lower()]
    return bool(operation["parameters"] or "requestBody" in operation)


def _fuzzed() -> Iterator[tuple[Endpoint, GenerationMode]]:
    for place, one in enumerate(declared()):
        well = not _asks(one) or place % 2 == 0
        if well or not DAILY:
            yield one, GenerationMode.POSITIVE
        if _asks(one) and not (well and DAILY):
            yield one, GenerationMode.NEGATIVE


FUZZED = list(_fuzzed())


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("one", "mode"), FUZZED, ids=[f"{one.name}-{mode.value}" for one, mode in FUZZED])
def test_fuzzed_from_the_contract_nothing_breaks_and_nothing_strays_from_it(
    village: Village, noor: Caller, fuzzed: Any, one: Any, mode: GenerationMode
) -> None:
    known = _known(village) if mode is GenerationMode.POSITIVE else {}
    headers = {"Authorization": f"Bearer {noor.token}"}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=fuzzed[address_of(one)][one.method].as_strategy(mode))
    def run(case: Any) -> None:
        parts = case.path_parameters or {}
        case.path_parameters = {name: str(known.get(name, value)) for name, value in parts.items()}
        case.call_and_validate(headers=headers)

    run()


@pytest.fixture(scope="module")
def fuzzed() -> Any:
    """The contract as schemathesis reads it. A rule's no to well-formed values (422) is no failure."""
    config = SchemathesisConfig()
    config.projects.default.checks.positive_data_acceptance.expected_statuses = ["2xx", "401", "403", "404", "409", "422"]
    config.projects.default.checks.ignored_auth.enabled = False
    config.projects.default.generation.with_security_parameters = False
    return schemathesis.openapi.from_dict(contract(), config=config)


def _known(village: Village) -> dict[str, UUID]:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    return {
        "account": village.accounts["Hafen Logistik GmbH"].pk,
        "opportunity": deal.pk,
        "unit": village.units["cobalt"].pk,
        "person": village.people["noor"].pk,
    }


@pytest.fixture(autouse=True)
def _in_process(fuzzed: Any) -> Iterator[None]:
    """The application itself answers, inside the transaction of the test: requests must not close its connection."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    fuzzed.app = get_wsgi_application()
    yield
    for signal in ends:
        signal.connect(close_old_connections)
