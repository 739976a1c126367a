"""Import of what other systems exported: detected, mapped, rehearsed, taken in, undone.

`reading` makes tables of text from files; `rules` is pure: what the tables are, how they map, what would come of them;
`commands` take it in through the verbs of the packages below.
"""
