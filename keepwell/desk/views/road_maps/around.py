"""What stands around a form of a road map."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from keepwell.desk.filling import FormPage
from keepwell.desk.views.road_maps.page import trail
from keepwell.success.road_maps.models import RoadMap


def around(found: RoadMap, title: str, *, about: str = "", done: str = "") -> FormPage:
    return FormPage(
        title=title,
        about=about,
        back=reverse("desk:road_map", args=[found.pk]),
        done=done or _("Saved."),
        trail=trail(found, title),
    )
