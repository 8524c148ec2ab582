"""What runs by itself: measures that name a metric are read of usage."""

from datetime import timedelta

from procrastinate.contrib.django import app

from keepwell.kit import clock
from keepwell.success.road_maps.telemetry import read_from_usage, value_in_usage


# After the metrics of the day before are there; again every hour, for what was told late.
@app.periodic(cron="50 10-23 * * *")
@app.task(name="road_maps.read_from_usage", queueing_lock="road_maps.read_from_usage")
def read_what_is_known(timestamp: int) -> None:
    read_from_usage(value_in_usage, clock.now().date() - timedelta(days=1))
