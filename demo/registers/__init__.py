"""Sheets made of entries: registers of works, ledgers of cases, tables of areas (README.md)."""

from demo.registers.draw import draw_register

__all__ = ["draw_register"]
