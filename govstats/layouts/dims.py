"""Dimensions of an observation."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Dims:
    """Dimensions of an observation, as far as one place states them."""

    indicator: str | None = None
    ref_area: str | None = None
    measure: str | None = None
    period_type: str | None = None
    unit: str | None = None
    scope: str | None = None
    growth_basis: str | None = None

    def over(self, base: "Dims") -> "Dims":
        """The union of two places; this one counts where both speak."""
        return Dims(
            indicator=self.indicator or base.indicator,
            ref_area=self.ref_area or base.ref_area,
            measure=self.measure or base.measure,
            period_type=self.period_type or base.period_type,
            unit=self.unit or base.unit,
            scope=self.scope or base.scope,
            growth_basis=self.growth_basis or base.growth_basis,
        )

    def lacking(self) -> tuple[str, ...]:
        """Dimensions still unknown (a growth basis is needed for growth alone)."""
        return tuple(
            entry.name
            for entry in fields(self)
            if getattr(self, entry.name) is None
            and (entry.name != "growth_basis" or self.measure == "growth")
        )
