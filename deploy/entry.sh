#!/bin/sh
# First process of every container of the image: nothing runs as root, or without its secrets.
set -eu
if [ "$(id -u)" -eq 0 ]; then
  echo "refused: this would run as root; set GOVSTATS_UID and GOVSTATS_GID in .env" >&2
  exit 78
fi
for secret in "${GOVSTATS_SECRETS_FOLDER:-/run/secrets}"/*; do
  [ -e "$secret" ] || continue # no secret is given to this service
  if [ ! -s "$secret" ] || [ ! -r "$secret" ]; then
    echo "refused: $secret is empty or not readable by user $(id -u)" >&2
    echo "  → its file must belong to GOVSTATS_UID; deploy/prepare.sh makes missing ones" >&2
    exit 78
  fi
done
exec "$@"
