"""Error seeding: how many of the errors people really make does the audit find?

Known errors are planted into the workbooks of the clean demonstration (``python -m demo
--clean``), one kind per world and at most one per file; each world is read, transformed and
audited like any delivery, and every finding that the clean demonstration does not have is put
down to the error it is about. See ``python -m bench seeding --help``.
"""
