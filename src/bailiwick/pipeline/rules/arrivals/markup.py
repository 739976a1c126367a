"""The words of a mail that was written in HTML only. No script, style or address of it is kept or followed."""

import re
from html.parser import HTMLParser

MOST_MARKUP = 100_000
UNREAD = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
BREAKING = frozenset("p div tr li br hr h1 h2 h3 h4 h5 h6 table ul ol blockquote pre section article header footer".split())
DEEPEST = 10
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?![\w:-])[^<>]*>|<[^<>]*>|<")


class Words(HTMLParser):
    """Collects text; what stands in a block quote gets the mark of a quoted line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.quoted, self.unread = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.unread and tag in UNREAD:
            self.unread = tag
        if tag in BREAKING:
            self.quoted = min(DEEPEST, self.quoted + (tag == "blockquote"))
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unread:
            self.unread = ""
        if tag in BREAKING:
            self.quoted = max(0, self.quoted - (tag == "blockquote"))
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.lines[-1] += data.replace("\n", " ").replace("\r", "")

    def _break(self) -> None:
        mark = "> " * bool(self.quoted)
        if self.lines[-1].strip() not in ("", ">"):
            self.lines.append(mark)
        else:
            self.lines[-1] = mark


def words_of(markup: str) -> str:
    """The text of a page of HTML, a line a block.

    >>> words_of("<style>p {}</style><p>Guten Tag,</p><p>Ihr <b>Angebot</b></p><script>steal()</script>")
    'Guten Tag,\\nIhr Angebot'
    """
    reader = Words()
    try:
        reader.feed(TAG.sub(_bare, _without_comments(markup[:MOST_MARKUP])))
        reader.close()
    except (AssertionError, ValueError, RecursionError):  # what no parser can read: as far as it came
        pass
    return "\n".join(" ".join(line.split()) for line in reader.lines).strip()


def _bare(tag: re.Match[str]) -> str:
    """A tag without its attributes; nothing of what is none. The parser of the library would look for an end over and over."""
    return f"<{tag[1]}{tag[2]}>" if tag[2] else "&lt;" if tag[0] == "<" else ""


def _without_comments(markup: str) -> str:
    kept, at = [], 0
    while (begins := markup.find("<!--", at)) >= 0:
        kept.append(markup[at:begins])
        ends = markup.find("-->", begins)
        at = ends + 3 if ends >= 0 else len(markup)
    return "".join([*kept, markup[at:]])
