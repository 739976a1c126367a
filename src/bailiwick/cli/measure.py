"""`bailiwick measure`: one measure of one network, asked as its director."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from bailiwick.cli.surroundings import with_django
from bailiwick.kit import day_of
from bailiwick.measures import measure_of


def run(asked: argparse.Namespace) -> None:
    """Print the figures as a table, or as the JSON document of `answered`."""
    from bailiwick.performance.rules.periods import read_period
    from bailiwick.performance.rules.questions import condition

    measure = measure_of(asked.name)  # wrong words are refused before anything slow is loaded
    if asked.period:
        read_period(asked.period)
    where = dict(condition(one) for one in asked.where)
    with_django(asked.home)
    from bailiwick.cli.clerk import clerk
    from bailiwick.desk.figures import answered, asked_so
    from bailiwick.network.queries import network_of
    from bailiwick.performance.queries import figures, today_of
    from bailiwick.tenancy.within import within

    network = network_of(asked.network)
    with within(network.pk):
        viewer = clerk(network.pk).scope
        day = today_of(network, day_of(datetime.now(UTC), network.zone))
        question = asked_so(measure, viewer, by=asked.by, period=asked.period, where=where, as_of=day)
        answer = figures(measure, viewer, question)
    told = answered(answer, asked.period, where)
    if asked.json:
        print(json.dumps(told))
    else:
        _table(told)


def _table(told: dict[str, Any]) -> None:
    print(f"{told['measure']} ({told['unit']}), as of {told['as_of']}", file=sys.stderr)
    for row in told["rows"]:
        between = "" if row["low"] is None else f"  {row['low']} to {'more' if row['high'] is None else row['high']}"
        few = "" if row["enough"] else "  too few to tell"
        beside = "".join(f"  {count} {word}" for word, count in row.get("beside", {}).items())
        print(f"{row['key'] or 'all':30} {row['value']!s:>14} {row.get('currency', '')}{between}  n={row['n']}{beside}{few}")
