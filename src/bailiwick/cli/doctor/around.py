"""What stands around the product: whether it is served, whether clock and importer live, and which settings are dangerous."""

import os
import stat
from datetime import timedelta
from pathlib import Path

from bailiwick.cli.doctor.line import GOOD, OFF, WATCH, Line, ago, worse
from bailiwick.cli.doctor.place import Place
from bailiwick.vitals.beat import age_of

SLOW, DEAD = timedelta(minutes=2), timedelta(minutes=10)
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
SHORTEST_SECRET, SHORTEST_TOKEN = 32, 16


def is_served(home: Path) -> bool:
    """Whether a `serve` or `demo` holds this home."""
    from bailiwick.store.locks import is_held

    return (home / "serve.lock").exists() and is_held(home / "serve.lock")


def beats(place: Place) -> list[Line]:
    """When the clock and the importer last did their round; of a home that nobody serves nothing is expected."""
    if not place.home.is_dir():
        return []
    if not is_served(place.home):
        return [Line(WATCH, "clock", "This home is not being served: nothing is sent, nothing sealed.", "bailiwick serve")]
    found = []
    for name in ("clock", "importer"):
        age = age_of(place.home, name)
        if age is None:
            found.append(Line(WATCH, name, "No round since the start.", "Look again in a minute, then into the log of serve."))
            continue
        state = worse(age.total_seconds(), SLOW.total_seconds(), DEAD.total_seconds())
        remedy = "" if state == GOOD else "Look into the log of serve; start serve again if it hangs."
        found.append(Line(state, name, f"The last round ended {ago(age)} ago.", remedy))
    return found


def settings(place: Place) -> list[Line]:
    """What must not be so where other machines come in. Debugging cannot be switched on by a setting."""
    public = {host for host in os.environ.get("BAILIWICK_HOSTS", "").split(",") if host} - LOCAL
    found = [*_tls(public), *_secret(place.home), *_metrics(), *_demonstration(place, public)]
    return found or [Line(GOOD, "settings", "Nothing dangerous." if public else "Nothing dangerous; this machine only.")]


def _tls(public: set[str]) -> list[Line]:
    https = os.environ.get("BAILIWICK_HTTPS") == "1"
    behind = os.environ.get("BAILIWICK_BEHIND_PROXY") == "1"
    if public and not https:
        remedy = "Put a proxy with a certificate in front: BAILIWICK_HTTPS=1 BAILIWICK_BEHIND_PROXY=1"
        return [Line(OFF, "settings", "Other machines come in without TLS: passwords travel in the clear.", remedy)]
    if https and not behind:
        sentence = (
            "BAILIWICK_HTTPS without BAILIWICK_BEHIND_PROXY: serve speaks no TLS, so every request is sent round in circles."
        )
        return [Line(OFF, "settings", sentence, "BAILIWICK_BEHIND_PROXY=1 behind a proxy that always sets X-Forwarded-Proto")]
    return []


def _secret(home: Path) -> list[Line]:
    given = os.environ.get("BAILIWICK_SECRET", "")
    file = home / "secret"
    found = []
    if file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        found.append(Line(OFF, "settings", f"Others on this machine can read {file}.", f"chmod 600 {file}"))
    if not given and not file.is_file():
        found.append(Line(WATCH, "settings", "There is no secret yet.", "The first start makes one; or set BAILIWICK_SECRET."))
    if given and len(given) < SHORTEST_SECRET:
        sentence = f"The secret has {len(given)} characters: sessions can be forged by whoever guesses it."
        found.append(Line(OFF, "settings", sentence, "BAILIWICK_SECRET with 50 random characters; everybody signs in anew."))
    return found


def _metrics() -> list[Line]:
    token = os.environ.get("BAILIWICK_METRICS", "")
    if not token or len(token) >= SHORTEST_TOKEN:
        return []
    sentence = f"The token of the metrics has {len(token)} characters: whoever guesses it reads them."
    return [Line(WATCH, "settings", sentence, "BAILIWICK_METRICS with 32 random characters")]


def _demonstration(place: Place, public: set[str]) -> list[Line]:
    if not place.tables:
        return []
    from bailiwick.tenancy.models import Network

    demos, others = (list(Network.objects.filter(demo=demo).values_list("slug", flat=True)) for demo in (True, False))
    if not demos or not (public or others):
        return []
    state = OFF if public else WATCH
    sentence = f"The demonstration ({', '.join(demos)}) stands in this home; its passwords are known to everybody."
    return [Line(state, "settings", sentence, "Serve your own network from a home of its own: --home DIR")]
