"""Reminders: which sheets are asked for on a day, before and after their deadlines."""

from govstats.reminders.due import Reminder, due
from govstats.reminders.stages import Stage
from govstats.reminders.words import notices

__all__ = ["Reminder", "Stage", "due", "notices"]
