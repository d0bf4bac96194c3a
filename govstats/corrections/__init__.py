"""Corrections of reported figures: entered with reason, author and a guard, counted by dbt.

Python only keeps the book (``dbt_project/seeds/corrections.csv``) and checks an entry against the
cell it names; whether a correction counts is judged by the models at every build.
"""

from govstats.corrections.book import read
from govstats.corrections.enter import Wanted, enter, withdraw
from govstats.corrections.model import Correction

__all__ = ["Correction", "Wanted", "enter", "read", "withdraw"]
