"""Pages speak WSGI: sync code costs less there than on Django's ASGI path (see the measured decision)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings")

application = get_wsgi_application()
