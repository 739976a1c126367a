"""What a database keeps of any text: whatever a file holds, storing it is no accident."""

from typing import Any


def storable(value: Any) -> Any:
    """Texts as they stood, also inside documents, but for what no database keeps: null bytes and halves of characters."""
    match value:
        case str():
            return value.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
        case list() | tuple():
            return [storable(one) for one in value]
        case dict():
            return {storable(name): storable(one) for name, one in value.items()}
    return value
