"""What a client reads of the own project."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from bailiwick.api.shapes.plain import clock
from bailiwick.desk.client import ClientProject


class WeekShown(BaseModel):
    """Appointments held in a week."""

    monday: date
    held: int


class StepCount(BaseModel):
    """Open opportunities in a step."""

    step: str
    open: int


class AppointmentShown(BaseModel):
    """When the next appointment is."""

    day: date
    time: str | None = Field(examples=["14:30"])


class ClientProjectShown(BaseModel):
    """How a project moves: counts and days."""

    id: UUID
    name: str
    goal: str
    held_this_month: int
    held: int
    weeks: list[WeekShown]
    steps: list[StepCount]
    won: int
    open: int
    appointments: list[AppointmentShown]
    next_steps: dict[str, int]
    last: date | None

    @classmethod
    def of(cls, one: ClientProject) -> "ClientProjectShown":
        moves = one.progress
        return cls(
            id=one.unit,
            name=one.name,
            goal=one.goal,
            held_this_month=moves.held_this_month,
            held=moves.held,
            weeks=[WeekShown(monday=monday, held=n) for monday, n in moves.weeks],
            steps=[StepCount(step=name, open=n) for name, n in moves.steps],
            won=moves.won,
            open=moves.open,
            appointments=[AppointmentShown(day=day, time=clock(hour)) for day, hour in moves.appointments],
            next_steps=dict(moves.next_steps),
            last=moves.last,
        )
