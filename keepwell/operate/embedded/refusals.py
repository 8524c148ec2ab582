"""Why the embedded database does not start, in words for whoever runs it."""


class DatabaseRefused(RuntimeError):
    """The database cannot be started or used as it stands; nothing was changed. The words say what to do."""
