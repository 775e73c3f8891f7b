"""Settings of an installation, all from the environment; see docs/howto/run-an-installation.md."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from zhengpin.config.home import home, secret
from zhengpin.config.identity import identity_provider
from zhengpin.config.logging import logging_settings
from zhengpin.config.mailing import mail_settings
from zhengpin.config.storing import s3_storage

PACKAGE = Path(__file__).parents[1]
HOME = home()
DEBUG = False
SECRET_KEY = os.environ.get("ZHENGPIN_SECRET_KEY") or secret("django")

ADDRESS = os.environ.get("ZHENGPIN_ADDRESS", "http://localhost:8000")
_HOST = urlsplit(ADDRESS)
IS_SECURE = _HOST.scheme == "https"
ALLOWED_HOSTS = [_HOST.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "zhengpin.base.organizations",
    "zhengpin.base.access",
    "zhengpin.base.ledger",
    "zhengpin.base.files",
    "zhengpin.base.lawbase",
    "zhengpin.base.jobs",
    "zhengpin.base.notices",
    "zhengpin.mechanisms.plans",
    "zhengpin.mechanisms.proceedings",
    "zhengpin.mechanisms.decisions",
    "zhengpin.mechanisms.handoffs",
    "zhengpin.mechanisms.issuing",
    "zhengpin.mechanisms.tasks",
    "zhengpin.measures",
    "zhengpin.sites.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "zhengpin.sites.ops.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhengpin.sites.desk.keeping.KeepingMiddleware",
    "zhengpin.sites.desk.middleware.MemberMiddleware",
]
ROOT_URLCONF = "zhengpin.config.urls"
WSGI_APPLICATION = "zhengpin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhengpin.sites.desk.context.desk",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql:///zhengpin"),
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
# The server keeps the plan of a statement it is asked for often: a page costs a fifth less.
DATABASES["default"].setdefault("OPTIONS", {}).update(
    server_side_binding=True, prepare_threshold=3
)
# What the web processes must agree on for a short time: codes already used, attempts counted.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "desk_short_memory",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Person"
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = round(float(os.environ.get("ZHENGPIN_SESSION_HOURS", "8")) * 3600)

# Signing in: the flows are the library's; what it may do here is said in sites.desk.door.
ACCOUNT_ADAPTER = "zhengpin.sites.desk.door.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/15m/key"}  # passwords: desk.services
MFA_ADAPTER = "zhengpin.sites.desk.door.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = f"正品 {_HOST.hostname}"
MFA_TOTP_TOLERANCE = 1  # clocks may differ by one period, RFC 6238 section 5.2
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # nothing to guess; an office shares one address
IDENTITY = identity_provider(os.environ)
SOCIALACCOUNT_ADAPTER = "zhengpin.sites.desk.door.adapters.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = IDENTITY.for_the_library()
SOCIALACCOUNT_AUTO_SIGNUP = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

JOBS_STALLED_AFTER = 20.0  # seconds without a sign of life until another worker takes the job

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体")), ("zh-hant", _("繁體")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "files"
if os.environ.get("ZHENGPIN_S3_BUCKET"):
    STORAGES["files"] = s3_storage()

globals().update(mail_settings())

LOGGING = logging_settings(os.environ.get("ZHENGPIN_LOG_LEVEL", "WARNING"))
SILENCED_SYSTEM_CHECKS = (
    [] if IS_SECURE else ["security.W004", "security.W008", "security.W012", "security.W016"]
)
