"""Django's settings, from the knobs. There is one such file; tests change what `settings_test` names."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from keepwell.config.database import databases
from keepwell.config.knobs import value
from keepwell.config.logs import configure_logs
from keepwell.config.secrets import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
VAR: Path = value("KEEPWELL_VAR")

# The installation
KEEPWELL_PORT: int = value("KEEPWELL_PORT")
KEEPWELL_BIND: str = value("KEEPWELL_BIND")
KEEPWELL_URL: str = (value("KEEPWELL_URL") or f"http://localhost:{KEEPWELL_PORT}").rstrip("/")
KEEPWELL_DEMO: bool = value("KEEPWELL_DEMO")
KEEPWELL_TEST_CLOCK = False
KEEPWELL_WORKER_INSIDE: bool = value("KEEPWELL_WORKER_INSIDE")
KEEPWELL_FILE_MEGABYTES: int = value("KEEPWELL_FILE_MEGABYTES")
KEEPWELL_FILES_PER_MESSAGE: int = value("KEEPWELL_FILES_PER_MESSAGE")
KEEPWELL_SCAN_SECONDS: int = value("KEEPWELL_SCAN_SECONDS")
KEEPWELL_SCANNER: str = value("KEEPWELL_SCANNER")
KEEPWELL_UNDO_SECONDS: int = value("KEEPWELL_UNDO_SECONDS")
KEEPWELL_MAIL_URL: str = value("KEEPWELL_MAIL_URL")
KEEPWELL_MAIL_BUDGETS = {
    "address": value("KEEPWELL_MAIL_PER_ADDRESS_HOUR"),
    "domain": value("KEEPWELL_MAIL_PER_DOMAIN_HOUR"),
    "all": value("KEEPWELL_MAIL_PER_HOUR"),
}
KEEPWELL_MAIL_ATTACHED_MEGABYTES: int = value("KEEPWELL_MAIL_ATTACHED_MEGABYTES")
KEEPWELL_MAIL_KEYS: list[str] = value("KEEPWELL_MAIL_KEYS")
KEEPWELL_MAIL_LISTEN: str = value("KEEPWELL_MAIL_LISTEN")
KEEPWELL_PUSH_SERVICES: list[str] = value("KEEPWELL_PUSH_SERVICES")
KEEPWELL_CALENDAR_HOSTS: list[str] = value("KEEPWELL_CALENDAR_HOSTS")
KEEPWELL_MAIL_POLL_SECONDS: int = value("KEEPWELL_MAIL_POLL_SECONDS")
KEEPWELL_MAIL_TRUSTED_HOSTS: list[str] = value("KEEPWELL_MAIL_TRUSTED_HOSTS")
KEEPWELL_LETTERS_APART_DAYS: int = value("KEEPWELL_LETTERS_APART_DAYS")
KEEPWELL_USAGE_CALLS_PER_SECOND: int = value("KEEPWELL_USAGE_CALLS_PER_SECOND")
KEEPWELL_USAGE_ENGINE: str = value("KEEPWELL_USAGE_ENGINE")
KEEPWELL_USAGE_WAREHOUSE: str = value("KEEPWELL_USAGE_WAREHOUSE")
KEEPWELL_USAGE_EVENT_DAYS: int = value("KEEPWELL_USAGE_EVENT_DAYS")
KEEPWELL_SIGNALS_SHOWN: int = value("KEEPWELL_SIGNALS_SHOWN")
KEEPWELL_PLAYBOOK_RUNS_A_WEEK: int = value("KEEPWELL_PLAYBOOK_RUNS_A_WEEK")

DEBUG: bool = value("KEEPWELL_DEBUG")
SECRET_KEY = secret_key(value("KEEPWELL_SECRET_KEY"), VAR)
_public = urlsplit(KEEPWELL_URL)
_is_encrypted = _public.scheme == "https"
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1", *value("KEEPWELL_HOSTS")]
CSRF_TRUSTED_ORIGINS = [KEEPWELL_URL]

SLICES = [
    "kit",
    "journal",
    "people",
    "calendars",
    "files",
    "staffing",
    "outbox",
    "customers",
    "contracts",
    "usage",
    "conversations",
    "cases",
    "enquiries",
    "side_threads",
    "service_levels",
    "triage",
    "channels",
    "success.letters",
    "success.engagements",
    "success.road_maps",
    "success.health",
    "success.signals",
    "success.reviews",
    "success.portfolios",
    "insight",
    "notices",
    "imports",
    "founding",
    "desk",
    "portal",
    "public",
    "api",
    "operate",
]
INSTALLED_APPS = [
    *(f"keepwell.{name}" for name in SLICES),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "django_structlog",
    "lucide",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "keepwell.config.live.marking.LiveMarkMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "keepwell.config.request_ids.RequestIdMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "keepwell.config.reader.ReaderMiddleware",
    "keepwell.config.refusing.RefusingMiddleware",
]
ROOT_URLCONF = "keepwell.config.urls"
WSGI_APPLICATION = "keepwell.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "keepwell.config.reader.installation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.tz",
                "keepwell.kit.templatetags.words_and_addresses",
            ],
        },
    }
]

FORM_RENDERER = "keepwell.kit.forms.Renderer"

KEEPWELL_DATABASE_IS_EMBEDDED: bool = not value("DATABASE_URL")
DATABASES = databases(value("DATABASE_URL"), VAR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "keepwell_cache",
        # Attempts to sign in are counted here, for all processes. With the default of 300 entries anybody
        # could push the counts out by asking from many addresses.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "attachments": {
        "BACKEND": "keepwell.files.content.HashFolders",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "keepwell.kit.static_files.Storage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "keepwell.kit.charts.made_script.Finder",
]

# People
AUTH_USER_MODEL = "keepwell_people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "keepwell.public.sign_in.adapter.SignInAdapter"
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
_FORMS = "keepwell.public.sign_in.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "request_login_code": f"{_FORMS}.RequestLoginCodeForm",
    "confirm_login_code": f"{_FORMS}.ConfirmLoginCodeForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKeyForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateForm",
    "activate_totp": f"{_FORMS}.ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}.AddWebAuthnForm",
}
# Staff's addresses were given by an administrator; nobody changes his own.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _is_encrypted
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "keepwell.config.sessions"

# Mail: every library's mail becomes a row of the outbox.
EMAIL_BACKEND = "keepwell.outbox.backend.OutboxBackend"

# Words and zones
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE, "'strict-dynamic'"],
        "worker-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],  # bars and charts carry their length in a style attribute
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "report-uri": "/csp-report/",
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _is_encrypted else None
SECURE_HSTS_SECONDS = 31_536_000 if _is_encrypted else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_encrypted
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "keepwell.public.views.errors.form_expired"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# More than go with a message: then the form itself says which are too many, and keeps what was written.
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # request_ids binds it: as the server knows it, and at less cost
LOGGING = configure_logs(value("KEEPWELL_LOG"))
LOGGING_CONFIG = "logging.config.dictConfig"
