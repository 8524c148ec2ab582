"""Fixtures for every test: database, clock, running server, browser. They stand in tests/fixtures."""

from hypothesis import HealthCheck, settings

# A machine that is busy is not a property that is hard to try.
settings.register_profile("keepwell", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("keepwell")

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.clock",
    "tests.fixtures.mail",
    "tests.fixtures.server",
    "tests.fixtures.browser",
]
