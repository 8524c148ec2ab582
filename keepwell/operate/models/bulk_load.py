from __future__ import annotations

from django.db import models

from keepwell.operate.load.tales import Plan


class BulkLoad(models.Model):
    """A load of many cases; what it writes follows from these columns alone."""

    seed = models.IntegerField()
    cases = models.PositiveIntegerField()
    accounts = models.PositiveIntegerField()
    longest = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seed", "cases", "longest"], name="load_once"),)

    def __str__(self) -> str:
        return f"{self.cases} cases of seed {self.seed}"

    @property
    def plan(self) -> Plan:
        return Plan(
            seed=self.seed,
            cases=self.cases,
            ends_at=self.ends_at,
            accounts=self.accounts,
            longest=self.longest,
        )

    def missing_chunks(self) -> list[int]:
        there = set(self.chunks.values_list("number", flat=True))
        return [number for number in range(self.plan.chunks) if number not in there]


class LoadedChunk(models.Model):
    """Some cases of a load that were written, in the same transaction as they."""

    load = models.ForeignKey(BulkLoad, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["load", "number"], name="chunk_once"),)

    def __str__(self) -> str:
        return f"{self.number} of {self.load}"
