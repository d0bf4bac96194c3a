"""Spreadsheets as received → cells with addresses, safely.

``prescan`` looks at the bytes, ``jail`` parses in processes that may die, ``reader`` gives the
cells, ``values`` says what a cell means. Nothing here knows what a sheet is about.
"""
