"""What mail programs put around a text: the lines of a forwarded mail's head, quoted answers, signatures. English and German.

Outlook, Gmail, Apple Mail and Thunderbird write the head of what they forward as lines of text, each in its own order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LABELS = {
    "from": "from", "von": "from", "to": "to", "an": "to", "cc": "cc", "kopie": "cc", "date": "date", "datum": "date",
    "sent": "date", "gesendet": "date", "gesendet am": "date", "subject": "subject", "betreff": "subject",
    "reply-to": "", "antwort an": "", "bcc": "", "importance": "", "wichtigkeit": "", "priorität": "",
    "attachments": "", "anlagen": "",
}  # fmt: skip
MOST_LINES = 2_000
LEAST_LABELS = 3
MOST_FOLDED = 60  # lines of one label: a long list of receivers
SEPARATORS = re.compile(
    r"^\W*(original message|ursprüngliche nachricht|forwarded message|weitergeleitete nachricht|begin forwarded message|"
    r"anfang der weitergeleiteten nachricht|original-nachricht|original appointment|ursprünglicher termin)\W*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^_{10,}$")
BEGUN = re.compile(r"^(on|am) ", re.IGNORECASE)
WROTE = re.compile(r"(\bwrote|\bschrieb\b.{0,300}|\bwrites)\s?:$", re.IGNORECASE)
SIGNED = re.compile(
    r"^(--|(mit )?(freundliche[nm]?|beste[nm]?|viele[nm]?|herzliche[nm]?|liebe|schöne) gr(ü|ue)(ß|ss)e?n?\b.{0,40}|mfg|vg|lg|"
    r"(kind|best|warm|many|with kind|with best)? ?regards,?|best wishes,?|yours (sincerely|faithfully),?|sincerely,?|cheers,?|"
    r"sent from my .{1,40}|von meinem .{1,40} gesendet|gesendet von .{1,40}|get outlook for .{1,20}|outlook für .{1,30})\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a forwarded mail as it stands in a text: its values by label, and the lines it takes."""

    values: dict[str, str]
    first: int
    end: int


def bare(line: str) -> str:
    """The line without the marks of a quote and of bold letters."""
    return line[:1_000].lstrip("> \t\xa0*").replace("*", "").strip()


def label_of(line: str) -> tuple[str | None, str]:
    """The label that a line begins with ("" for one that says nothing here), and what follows; None for any other line."""
    name, colon, value = bare(line).partition(":")
    key = name.strip().lower()
    return (LABELS[key], value.strip()) if colon and key in LABELS else (None, "")


def head(lines: Sequence[str]) -> Head | None:
    """The first head among the lines: a run of at least three known labels, one of them who it is from."""
    for at in range(min(len(lines), MOST_LINES)):
        if label_of(lines[at])[0] is not None:
            found = _head_at(lines, at)
            if found is not None:
                return found
    return None


def _head_at(lines: Sequence[str], first: int) -> Head | None:
    values: dict[str, str] = {}
    at, folded, label = first, 0, ""
    while at < len(lines):
        found, value = label_of(lines[at])
        if found is not None:
            label, folded = found, 0
            values.setdefault(label, value)
        elif bare(lines[at]) and folded < MOST_FOLDED and label in ("to", "cc") and _goes_on(lines, at):
            values[label] += f" {bare(lines[at])}"
            folded += 1
        elif bare(lines[at]) or not _label_follows(lines, at):
            break
        at += 1
    values.pop("", None)
    return Head(values, first, at) if "from" in values and len(values) >= LEAST_LABELS else None


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """A list of receivers goes on in a line that has addresses, or whose line before ends in a comma."""
    return "@" in lines[at] or lines[at - 1].rstrip().endswith((",", ";"))


def _label_follows(lines: Sequence[str], at: int) -> bool:
    return at + 1 < len(lines) and label_of(lines[at + 1])[0] is not None


def written(lines: Sequence[str], most: int = 40) -> str:
    """The first lines that the writer of a mail wrote: up to the mail it answers or forwards, without quotes and signature."""
    kept: list[str] = []
    for at, line in enumerate(lines[:MOST_LINES]):
        said = line.strip()
        if _ends(lines, at, said) or len(kept) >= most:
            break
        if not said.startswith((">", "|")) and (said or (kept and kept[-1])):
            kept.append(" ".join(said[:1_000].split()))
    return "\n".join(kept).strip()


def _ends(lines: Sequence[str], at: int, said: str) -> bool:
    if RULE.match(said) or SEPARATORS.match(said[:100]) or SIGNED.match(said[:100]):
        return True
    if BEGUN.match(said) and _announces(lines, at):
        return True
    return bool(label_of(lines[at])[0]) and _head_at(lines[: at + 200], at) is not None


def _announces(lines: Sequence[str], at: int) -> bool:
    """Whether this says when somebody wrote what follows, in one line or in up to three that belong together."""
    said = ""
    for line in lines[at : at + 3]:
        if not line.strip():
            return False
        said = f"{said} {line.strip()[:300]}"
        if WROTE.search(said):
            return any(letter.isdigit() for letter in said)
    return False


def unquoted(lines: Sequence[str]) -> list[str]:
    """The lines of a forwarded mail out of the quote that it stands in as a whole."""
    there = [line for line in lines[:MOST_LINES] if line.strip()]
    if there and all(line.lstrip().startswith(">") for line in there[:20]):
        return [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines]
    return list(lines)
