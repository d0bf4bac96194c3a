"""Spreadsheets as received → cells with addresses, safely.

``prescan`` looks at the bytes (``formats`` knows what each format may hold), ``reader`` gives the
cells, ``jail`` does this in processes that may die, ``values`` says what a cell means. Nothing here
knows what a sheet is about.
"""
