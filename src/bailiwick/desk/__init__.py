"""What a page, mail or endpoint shows: one function each, composed from queries and answers. No rule, no HTTP."""
