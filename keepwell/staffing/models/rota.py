from __future__ import annotations

from datetime import time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.staffing.models.team import Team
from keepwell.staffing.models.time_off import TimeOff
from keepwell.staffing.on_call import Away, StandsIn, Turns


class RotaQuerySet(models.QuerySet["Rota"]):
    def standing(self) -> RotaQuerySet:
        """Those in force, by the level of their team: in this order their people are asked."""
        return self.filter(ended_at=None, team__is_active=True).order_by("team__level", "pk")

    def with_turns(self) -> RotaQuerySet:
        """With all that `turns` reads, in four queries however many there are."""
        return self.select_related("team").prefetch_related("places__user__time_off", "stand_ins")


class Rota(models.Model):
    """People of a team who are on call by turns; what its columns mean stands at `on_call.Turns`.

    Whoever is asked has `answer_within_minutes` to say that he looks; then the next in line is asked.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="rotas", verbose_name=_("team"))
    name = models.CharField(_("name"), max_length=80)
    time_zone = models.CharField(_("time zone"), max_length=64)
    starts_on = models.DateField(_("first turn begins on"))
    hands_over_at = models.TimeField(_("hands over at"), default=time(9))
    weeks_each = models.PositiveSmallIntegerField(_("weeks of each turn"), default=1)
    from_at = models.TimeField(_("covers from"), default=time(0))
    until_at = models.TimeField(_("covers until"), default=time(0))
    answer_within_minutes = models.PositiveSmallIntegerField(_("minutes to answer"), default=15)
    ended_at = models.DateTimeField(null=True)

    objects = RotaQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(weeks_each__gte=1), name="turns_have_weeks"),
            models.CheckConstraint(condition=Q(answer_within_minutes__gte=1), name="answers_have_minutes"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def turns(self) -> Turns:
        """What is worked out from; of those who left nobody is asked. Load it `with_turns`."""
        people = [place.user for place in self.places.all() if place.user.is_active]
        return Turns(
            people=tuple(user.pk for user in people),
            zone=ZoneInfo(self.time_zone),
            starts_on=self.starts_on,
            hands_over_at=self.hands_over_at,
            weeks_each=self.weeks_each,
            from_at=self.from_at,
            until_at=self.until_at,
            stand_ins=tuple(one.terms for one in self.stand_ins.all()),
            away=tuple(_away(off) for user in people for off in user.time_off.all()),
        )


class RotaPlace(models.Model):
    """Whose turn is which: `place` counts from 0."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="places")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rota", "place"], name="rota_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["rota", "user"], name="rota_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.place}"


class StandIn(models.Model):
    """Somebody takes the first place of a rota for some hours, whoever's turn it is."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="stand_ins")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="stand_in_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.user} from {self.starts_at}"

    @property
    def terms(self) -> StandsIn:
        return StandsIn(person=self.user_id, starts_at=self.starts_at, ends_at=self.ends_at)


def _away(off: TimeOff) -> Away:
    return Away(person=off.user_id, starts_on=off.starts_on, ends_on=off.ends_on)
