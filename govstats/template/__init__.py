"""The workbook a department fills in, drawn from its layouts; what is filled in is read back."""

from govstats.template.make import Made, make_template

__all__ = ["Made", "make_template"]
