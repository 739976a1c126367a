"""Who takes part: organizations, units, people, memberships, logins and sights, and the scope that follows from them.

It knows nothing of accounts or deals; what a person holds elsewhere it is told by `config.answers`.
"""
