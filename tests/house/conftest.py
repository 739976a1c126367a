"""What the house tests notice without failing stands below them."""

import pytest

from tests.house.source import ADVICE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Advice, one line each."""
    if ADVICE:
        terminalreporter.section("advice")
        for line in ADVICE:
            terminalreporter.line(line)
