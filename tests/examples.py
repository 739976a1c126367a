"""How many examples a property is tried with: a quarter in `make test`, all of them in `make trial`."""

from hypothesis import settings

settings.register_profile("whole", max_examples=100)
settings.register_profile("quarter", max_examples=25)
settings.load_profile("quarter")  # --hypothesis-profile names another


def examples(most: int) -> int:
    """`most`, or its share."""
    return max(1, most * settings().max_examples // 100)
