"""What people type: each field declared once with its purpose, owner, readers and review date.

Forms, the API's schemas, import targets, export columns and the documentation derive from these declarations.
"""

from bailiwick.fields.definition import Field, Kind, every_field, named
from bailiwick.fields.typed import take

__all__ = ["Field", "Kind", "every_field", "named", "take"]
