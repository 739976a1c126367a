"""Who sees and edits what, attacked: every route and endpoint, two worlds, second doors, revocation, ledger, erasure."""
