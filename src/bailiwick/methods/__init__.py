"""Statistics, pure: numbers in, numbers out. It knows no table, no person and no page."""
