"""The child: one mail's HTML on its input, the cleaned one on its output. Run by `within_limits.py`."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict

from keepwell.channels.email.look.cleaning import cleaned


def main() -> int:
    memory_bytes, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin)
    json.dump(asdict(cleaned(asked["html"], asked["pictures"])), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
