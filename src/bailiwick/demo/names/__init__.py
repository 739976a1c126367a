"""Invented people, companies and words for them. Nobody and nothing here exists; addresses end in `.example`."""

from bailiwick.demo.names.companies import CompanyNames
from bailiwick.demo.names.people import PeopleNames, address_of

__all__ = ["CompanyNames", "PeopleNames", "address_of"]
