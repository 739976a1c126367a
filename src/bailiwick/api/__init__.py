"""The API under /api/v1: the same commands, queries and desk functions as the pages. No rule and no arithmetic.

It answers for reading JSON, for tokens, for idempotency keys and for the contract that it publishes of itself.
"""
