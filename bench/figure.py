"""A measured figure with its rival and its goal."""

from dataclasses import dataclass
from typing import Any

Number = float | int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What was measured, of which unit, beside what.

    `most` and `least` bound the value, `most_ratio` and `least_ratio` the ratio to the rival.
    `rival_value` is None where nothing stands beside it, and `why` says for what reason where something should. `note` is for
    people only.
    """

    name: str
    value: Number
    unit: str
    rival: str = ""
    rival_value: Number | None = None
    most: Number | None = None
    least: Number | None = None
    most_ratio: Number | None = None
    least_ratio: Number | None = None
    why: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The value over that of its rival."""
        return self.value / self.rival_value if self.rival_value else None

    @property
    def goal(self) -> str | None:
        """The bound in words; None where the figure is only stated."""
        if self.most_ratio is not None:
            return f"ratio <= {self.most_ratio:g}"
        if self.least_ratio is not None:
            return f"ratio >= {self.least_ratio:g}"
        if self.least is not None:
            return f"value >= {self.least:g}"
        return None if self.most is None else f"value <= {self.most:g}"

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; None where there is none, or nothing to compare with."""
        if self.most_ratio is not None or self.least_ratio is not None:
            return None if self.ratio is None else self._compares(self.ratio)
        if self.least is not None:
            return self.value >= self.least
        return None if self.most is None else self.value <= self.most

    def _compares(self, ratio: float) -> bool:
        return ratio <= self.most_ratio if self.most_ratio is not None else ratio >= (self.least_ratio or 0)

    def plain(self) -> dict[str, Any]:
        """As JSON gives it."""
        return {
            "name": self.name,
            "value": _rounded(self.value),
            "unit": self.unit,
            "rival": self.rival or None,
            "rival_value": _rounded(self.rival_value),
            "ratio": _rounded(self.ratio),
            "goal": self.goal,
            "holds": self.holds,
            "why": self.why or None,
        }


def _rounded(value: Number | None) -> Number | None:
    return float(f"{value:.4g}") if isinstance(value, float) else value
