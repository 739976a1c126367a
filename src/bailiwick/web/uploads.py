"""Files that come with a form: bounded before anything is kept of them, and opened only on the page that takes them."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from bailiwick.exchange.commands.unpacking import TOGETHER, Given, too_large

SLACK = 100_000  # what a form is beside its files


class Bounded(FileUploadHandler):
    """The first to hear of each file: where a request declares or sends more than is taken, its files are passed over."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *parts: Any, **more: Any) -> None:  # noqa: N803
        """Called once with what the request declares."""
        self.left, self.over = TOGETHER + SLACK, content_length > TOGETHER + SLACK
        self._note()

    def new_file(self, *parts: Any, **more: Any) -> None:
        """A file begins."""
        super().new_file(*parts, **more)
        if self.over:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """A part of a file came."""
        self.left -= len(raw_data)
        if self.left < 0:
            self.over = True
            self._note()
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Those after this one keep it."""

    def _note(self) -> None:
        if self.over and self.request is not None:
            self.request.files_too_large = True  # type: ignore[attr-defined]


def given(request: HttpRequest, name: str) -> list[Given]:
    """The files of a form's control. Raises `Refused` where they are more than a page takes."""
    if getattr(request, "files_too_large", False):
        raise too_large()
    return [Given(file.name or "", file.read()) for file in request.FILES.getlist(name)]
