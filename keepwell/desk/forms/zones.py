"""Choosing a time zone."""

from keepwell.kit.zone_field import ZoneField, zones_by_region

__all__ = ["ZoneField", "zones_by_region"]
