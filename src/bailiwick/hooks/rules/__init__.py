"""Where a hook may lead, what it asks for, how it signs and when it tries again."""
