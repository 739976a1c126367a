"""A whole network leaves one installation as a file, the parcel, and comes into another with nothing lost.

It walks the tables that there are and knows none of them by name, but those that stay behind, each with its reason.
"""
