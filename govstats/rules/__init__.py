"""Audit rules: read from ``expectations/*.yml``, checked, and handed on as frozen records."""

from govstats.rules.loader import load_rules
from govstats.rules.rule import HOLDS, KINDS, SEVERITIES, Rule

__all__ = ["HOLDS", "KINDS", "SEVERITIES", "Rule", "load_rules"]
