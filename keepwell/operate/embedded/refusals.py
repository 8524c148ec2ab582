"""Why the embedded database does not start, in words for whoever runs it."""


class DatabaseRefused(RuntimeError):
    """The database cannot be started or used as it stands; nothing was changed. The message says what to do."""
