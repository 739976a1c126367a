"""What happened, recorded once and never changed: events, seals over them, and who looked at whose rows.

It names subjects by id and knows none of the packages above it.
"""
