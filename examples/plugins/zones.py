"""Tells where the authorities of development zones are, whose names do not say so."""

from disclosure_lint import KnownRegion, LocalizedText, RegionGuess, RegionOf, hookimpl

ZONES = {"青石滩新区": "4103"}


def region_of(agency: str, year: int | None, text: str) -> RegionGuess | None:
    for zone, code in ZONES.items():
        if agency.startswith(zone):
            return KnownRegion(code, LocalizedText(f"{zone}在 {code}", f"{zone} is in {code}"))
    return None


@hookimpl
def regions() -> list[RegionOf]:
    return [region_of]
