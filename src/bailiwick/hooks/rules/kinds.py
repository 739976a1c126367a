"""Which kinds of events a hook asks for, as typed: kinds, `package.*`, or `*` for all."""

from collections.abc import Collection, Sequence

TEST = "hooks.test"


def patterns(typed: str) -> list[str]:
    """What was typed, one pattern after the other, each once.

    >>> patterns("pipeline.*, network.person_left pipeline.*")
    ['pipeline.*', 'network.person_left']
    """
    return list(dict.fromkeys(typed.replace(",", " ").split()))


def fits(pattern: str, kind: str) -> bool:
    """Whether a kind is one of those that a pattern means."""
    return pattern in ("*", kind) or (pattern.endswith(".*") and kind.startswith(pattern.removesuffix("*")))


def meant(asked: Sequence[str], known: Collection[str]) -> list[str]:
    """The known kinds that are asked for."""
    return sorted(kind for kind in known if any(fits(pattern, kind) for pattern in asked))


def unknown(asked: Sequence[str], known: Collection[str]) -> list[str]:
    """Patterns that mean nothing."""
    return [pattern for pattern in asked if not any(fits(pattern, kind) for kind in known)]
