"""Which system wrote an export, by the names of its columns. It helps a person to recognise the source; no rule hangs on it."""

from collections.abc import Sequence

from bailiwick.exchange.rules.tables import Table

# For each system some columns that it alone names so, and how many of them are enough.
MARKS = {
    "salesforce": (3, "IsDeleted|SystemModstamp|StageName|OwnerId|LastModifiedById|AccountId"),
    "hubspot": (3, "Deal Stage|Deal Owner|Deal Name|Pipeline|Company Domain Name|Record ID|Company owner"),
    "pipedrive": (2, "Deal - Title|Deal - Stage|Deal - Status|Deal - Owner|Deal - Value|Deal - Organization"),
    "dynamics": (
        2,
        "(Do Not Modify) Opportunity|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Est. Close Date|Est. Revenue"
        "|(Nicht ändern) Verkaufschance|(Nicht ändern) Zeilenprüfsumme|(Nicht ändern) Geändert am",
    ),
    "zoho": (5, "Deal Name|Closing Date|Deal Owner|Stage|Account Name|Record Id"),
}


def dialect_of(tables: Sequence[Table]) -> str:
    """The system whose column names stand there, "" for plain tables."""
    columns = {column for table in tables for column in table.columns}
    return next((name for name, (least, marks) in MARKS.items() if len(columns.intersection(marks.split("|"))) >= least), "")
