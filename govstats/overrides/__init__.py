"""Hard findings that a named person lets pass: entered with a reason, printed in the report.

Python keeps the book (``dbt_project/seeds/audit_overrides.csv``) and sets its entries beside the
findings of an audit; what is overridden holds nothing back.
"""

from govstats.overrides.apply import apply, in_force
from govstats.overrides.book import Override, read
from govstats.overrides.enter import enter, withdraw

__all__ = ["Override", "apply", "enter", "in_force", "read", "withdraw"]
