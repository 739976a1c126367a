"""The one exception of the store: it cannot or will not do what was asked, and says why in words for the operator."""


class StoreRefused(Exception):
    """Nothing was changed, or what was begun has been taken back; the text says what the operator can do."""
