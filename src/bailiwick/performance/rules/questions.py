"""How a question is written."""

from bailiwick.kit import Refused, say


def condition(text: str) -> tuple[str, str]:
    """`manager=Mia Berg` as dimension and name; refuses what is none."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Refused(
            "no_condition", say("“%(text)s” is no condition.", text=text[:60]), say('Write --where manager="Mia Berg".')
        )
    return name, value
