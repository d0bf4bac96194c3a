"""Accounts of the interface in the containers (Flask-AppBuilder): by password, none public."""

from flask_appbuilder.const import AUTH_DB

AUTH_TYPE = AUTH_DB
AUTH_USER_REGISTRATION = False
# Guessing passwords is slowed down, per address.
AUTH_RATE_LIMITED = True
AUTH_RATE_LIMIT = "10 per minute"
WTF_CSRF_ENABLED = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
FAB_PASSWORD_COMPLEXITY_ENABLED = True
