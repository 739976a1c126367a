"""What a device is given to install and to keep: signs that are there, files of this release, pages that say so, nothing secret."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.test import Client

from bailiwick.web.device import look
from tests.village import Village
from tests.walls.doors import page_doors

STATIC = Path(settings.STATIC_ROOT)


def worker() -> dict[str, object]:
    told = re.search(r"self\.told = (\{.*\});", Client().get("/sw.js").content.decode())
    assert told
    found: dict[str, object] = json.loads(told[1])
    return found


def test_the_manifest_names_signs_that_are_there_in_the_size_it_says() -> None:
    answer = Client().get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["start_url"], told["scope"], told["display"]) == ("Bailiwick", "/", "/", "standalone")
    for icon in told["icons"]:
        picture = (STATIC / icon["src"].removeprefix("/static/")).read_bytes()
        if icon["type"] == "image/png":
            wide, high = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
            assert icon["sizes"] == f"{wide}x{high}"
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_the_worker_keeps_every_file_that_a_page_asks_for() -> None:
    files = worker()["files"]
    assert isinstance(files, list)
    sheets = {f"/static/bailiwick/css/{file.name}" for file in (STATIC / "bailiwick" / "css").iterdir()}
    scripts = {f"/static/bailiwick/js/{file.name}" for file in (STATIC / "bailiwick" / "js").iterdir()}
    assert sheets | scripts | {"/static/bailiwick/vendor/htmx.min.js"} <= set(files)
    for file in files:
        assert (STATIC / file.removeprefix("/static/")).is_file()


def test_the_worker_is_asked_for_at_every_visit_and_is_called_after_what_it_keeps() -> None:
    answer = Client().get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert worker()["release"] == look()[0]
    assert f"worker.js?{look()[0]}" in answer.content.decode()


def test_only_my_day_may_be_kept_and_only_for_whoever_asked(village: Village, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("noor")
    kept = {}
    for door in page_doors():
        if not door.acts and not door.kinds:
            answer = client.get(door.address())
            if "Kept-For" in answer.headers:
                kept[door.name] = answer.headers["Kept-For"]
    assert kept == {"my_day": str(village.people["noor"].pk)}


def test_a_page_that_may_be_kept_says_hidden_when_it_was_so(signed_in: Callable[[str], Client]) -> None:
    text = signed_in("noor").get("/my-day").content.decode()
    assert text.count('id="as-of" hidden') == 1
    assert re.search(r'id="as-of" hidden>As of \d+ \w+ \d{4}, \d\d:\d\d, no network\.', text)


def test_the_page_for_no_network_speaks_the_language_it_is_asked_in_and_leaves_no_cookie() -> None:
    for language in ("en", "de"):
        answer = Client().get("/offline", {"language": language})
        assert answer.headers["Content-Language"] == language
        assert f'lang="{language}"' in answer.content.decode()
        assert not answer.cookies
    assert Client().get("/offline", {"language": "<script>"}).headers["Content-Language"] == "en"


def test_what_a_device_asks_for_is_only_asked() -> None:
    for place in ("/manifest.webmanifest", "/sw.js", "/offline"):
        assert Client().post(place).status_code == 405
