"""The wall between networks: the row of a network, the setting per transaction, the managers that know no "all".

It does not know people or rights inside a network; a `Scope` is given to it.
"""
