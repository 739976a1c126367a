"""What a browser is told beside every answer, and where it keeps what is said once."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse

HEADERS = {
    # Whoever sits down at the machine next finds no page behind the back button. Files of the look say otherwise.
    "Cache-Control": "no-store",
    # No other site takes an answer in as picture, script or sheet.
    "Cross-Origin-Resource-Policy": "same-origin",
    # Nothing here looks, listens, pays or asks where one is.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Told:
    """Middleware: every answer has the headers, unless a page has said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class SaidOnce(CookieStorage):
    """What is said on the next page waits in a cookie that, over https, belongs to this very host alone."""

    cookie_name = f"{settings.COOKIES_OF}messages"
