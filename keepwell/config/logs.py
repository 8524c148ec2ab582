"""Log lines that a machine can read, each with the id of its request."""

from __future__ import annotations

from typing import Any

import structlog

_BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]


def configure_logs(shape: str) -> dict[str, Any]:
    """Sets structlog up and gives Django's LOGGING; `shape` is json or plain."""
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if shape == "plain"
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer,
                "foreign_pre_chain": _BEFORE,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"keepwell": {"level": "INFO"}, "django_structlog": {"level": "INFO"}},
    }
