"""What a device needs to keep us: the manifest to install, the worker that keeps pages to read, the page for no network.

Nothing here is anybody's: whose page may be kept says the page itself (`asked.Shown.offline`, `door.answer`).
"""

import json
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

PLACE = settings.STATIC_ROOT / "bailiwick"
KINDS = (".css", ".js", ".svg", ".png")
ACCENT, PAPER = "#14605a", "#faf9f6"
ICONS = (
    ("mark.svg", "any", "any", "image/svg+xml"),
    ("icons/192.png", "192x192", "any", "image/png"),
    ("icons/512.png", "512x512", "any", "image/png"),
    ("icons/maskable-512.png", "512x512", "maskable", "image/png"),
)


@cache
def look() -> tuple[str, tuple[str, ...]]:
    """What the files of this release are called together, and the address of each."""
    files = sorted(file for file in PLACE.rglob("*") if file.suffix in KINDS)
    release = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    return release, tuple(static(file.relative_to(settings.STATIC_ROOT).as_posix()) for file in files)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What is installed, under which name and sign."""
    icons = [
        {"src": static(f"bailiwick/{file}"), "sizes": sizes, "purpose": purpose, "type": kind}
        for file, sizes, purpose, kind in ICONS
    ]
    told = {
        "id": "/",
        "name": gettext("Bailiwick"),
        "short_name": gettext("Bailiwick"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": ACCENT,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker of this release: what it keeps, and `js/worker.js`, which keeps it. Every visit asks whether it has changed."""
    release, files = look()
    told = {
        "release": release,
        "files": files,
        "offline": reverse("offline"),
        "out": reverse("account_logout"),
        "icon": static("bailiwick/icons/192.png"),
        # Whoever passes one of these comes or goes, and what was kept goes with them.
        "doors": [
            reverse("account_login"),
            reverse("account_logout"),
            "/password/",
            "/welcome/",
            "/demo/",
            reverse("network"),
        ],
    }
    script = f"{static('bailiwick/js/worker.js')}?{release}"
    text = f"self.told = {json.dumps(told)};\nimportScripts({json.dumps(script)});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a device shows instead of a page that it did not keep, in the language that it was shown last."""
    asked = request.GET.get("language", "")
    with translation.override(asked if asked in dict(settings.LANGUAGES) else translation.get_language()):
        language = translation.get_language() or "en"
        context: dict[str, object] = {
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "messages": [],
        }
        text = render_to_string("offline.html", context)  # without the request: no token of a form, hence no cookie
        return HttpResponse(text, headers={"Content-Language": language})


def urlpatterns() -> list[URLPattern]:
    """Addresses that hold nothing of a network."""
    return [
        path("manifest.webmanifest", manifest, name="manifest"),
        path("sw.js", worker, name="worker"),
        path("offline", offline, name="offline"),
    ]
