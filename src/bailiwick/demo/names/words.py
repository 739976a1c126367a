"""What sellers of the demo write down, by kind of activity and step, and what they promise."""

CALLS = (
    ("Reached the front desk, decision is with {contact}.", "Short talk, wants to see numbers first.",
     "Nobody there, again next week.", "Asked what it costs them today; they do not know.", "Agreed to look at it together."),
    ("Confirmed the appointment and who takes part.", "Asked for references of the same size.",
     "Moved by a week, {contact} is ill."),
    ("Went through the proposal line by line.", "Question about delivery, answered.", "They compare us with two others."),
    ("{contact} waits for the signature of the board.", "Asked for 5% more; explained the floor.",
     "Contract is with their lawyer."),
)  # fmt: skip
MEETINGS = (
    ("Walked through the site, saw the old equipment.", "Half an hour with {contact}, clear need."),
    ("First appointment: two hours, budget is there, day of decision named.", "Showed it to four people, two were convinced.",
     "Good talk with {contact}; the technical lead still doubts."),
    ("Presented the proposal to {contact} and finance.", "Answered every open question, minutes sent."),
    ("Negotiated terms, one point left.", "{contact} wants to sign this month."),
)  # fmt: skip
MAILS = (
    ("Sent the short introduction.", "Sent two references of their trade."),
    ("Sent the agenda.", "Sent the summary of what was said."),
    ("Sent the proposal.", "Sent the corrected quantities.", "Sent the data sheet that they asked for."),
    ("Sent the contract.", "Sent the terms of payment again."),
)
CARE = (
    "All runs well, nothing needed.", "Wants a second site in the new year.", "Complained about an invoice, settled.",
    "New person in purchasing, introduced myself.", "Asked for training for two people.", "Greeted, has no time before the fair.",
)  # fmt: skip
TASKS = (
    ("call", "Ask {contact} whether the proposal was read"), ("mail", "Send the reference list"),
    ("call", "Fix the day of the next appointment"), ("visit", "Look at the second site"), ("task", "Check the delivery time"),
    ("meeting", "Go through the terms with {contact}"), ("call", "Ask who else decides"),
)  # fmt: skip
PROMISES = (
    "the corrected proposal", "a reference to talk to", "an answer about the delivery time", "the data sheet in their language",
    "a day for the installation", "the calculation with three years", "a sample",
)  # fmt: skip
OFFICE = {
    "director": (("task", "Read the month's view by exception"), ("meeting", "Half an hour with Aylin Sahin")),
    "coach": (("meeting", "Weekly talk with Aylin Sahin"), ("task", "Prepare the week of Jonas Prinz")),
    "support_lead": (
        ("task", "Share out next week's technical days"),
        ("call", "Ask Jonas Prinz what the demo van is for"),
    ),
    "steward": (("task", "Read three proposals from the field"), ("task", "Review the reasons for lost deals")),
}
