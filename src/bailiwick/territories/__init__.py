"""Companies and who may call on them: accounts with their identity, contacts, holders, territories and potential.

It knows no deals; what a card must show of them (last contact) it is told.
"""
