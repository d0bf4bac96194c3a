#!/bin/sh
# Make what the compose file needs and does not find: folders, secrets, .env. What is there stays.
#   sh deploy/prepare.sh /srv/govstats
set -eu
umask 077
here=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -ne 1 ] || [ -z "$1" ]; then
  echo "usage: sh deploy/prepare.sh FOLDER   (for the data and the secrets, e.g. /srv/govstats)" >&2
  exit 64
fi
# Root may prepare it for a user: GOVSTATS_UID=1001 GOVSTATS_GID=1001 sh deploy/prepare.sh …
uid=${GOVSTATS_UID:-$(id -u)}
gid=${GOVSTATS_GID:-$(id -g)}
if [ "$uid" -eq 0 ]; then
  echo "refused: the services must not run as root" >&2
  echo "  → run this as their user, or name it: GOVSTATS_UID=1001 GOVSTATS_GID=1001 sh $0 $1" >&2
  exit 78
fi
env_file=${GOVSTATS_ENV_FILE:-$here/.env}
mkdir -p "$1"
folder=$(cd "$1" && pwd)
for part in data data/raw data/releases; do
  [ -d "$folder/$part" ] || { mkdir -p "$folder/$part" && chmod 755 "$folder/$part"; }
done
mkdir -p "$folder/secrets" && chmod 700 "$folder/secrets"

secret() { # secret NAME: 32 random bytes from standard input's command, written once
  if [ -s "$folder/secrets/$1" ]; then return; fi
  cat >"$folder/secrets/$1"
  echo "made $folder/secrets/$1"
}
hex() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
hex 32 | secret postgres_password
hex 32 | secret redis_password
hex 32 | secret jwt_secret
hex 32 | secret api_secret_key
head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' | secret fernet_key
# twelve bytes to type once, with what rules for passwords ask for
printf 'Aa1!%s' "$(hex 12)" | secret admin_password
chmod 600 "$folder/secrets/"*
if [ "$(id -u)" -eq 0 ]; then chown -R "$uid:$gid" "$folder/secrets" "$folder/data"; fi

if [ ! -e "$env_file" ]; then
  sed -e "s|^GOVSTATS_UID=.*|GOVSTATS_UID=$uid|" -e "s|^GOVSTATS_GID=.*|GOVSTATS_GID=$gid|" \
    -e "s|^GOVSTATS_DATA=.*|GOVSTATS_DATA=$folder/data|" \
    -e "s|^GOVSTATS_SECRETS=.*|GOVSTATS_SECRETS=$folder/secrets|" \
    "$here/deploy/env.example" >"$env_file"
  echo "made $env_file"
fi
echo "next: docker compose build && docker compose up --detach"
echo "first user: ${GOVSTATS_ADMIN:-admin}, password in $folder/secrets/admin_password"
