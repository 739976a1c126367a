"""Other systems are told what happened (Standard Webhooks): who declares a hook, what it tells, and how each delivery fared.

A hook tells what its person may see at that moment, and nothing else; it knows no deal and no company, only the ledger.
"""
