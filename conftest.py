"""Fixtures for every test: database, clock, running server, browser. They stand in tests/fixtures."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.clock",
    "tests.fixtures.mail",
    "tests.fixtures.server",
    "tests.fixtures.browser",
]
