#!/bin/sh
# Print an address with its password for Airflow, which asks by AIRFLOW__…_CMD: so it stands in
# no environment and in no file but the secret's own.
set -eu
password() { # password NAME: refuse what would have another meaning inside an address
  file=${GOVSTATS_SECRETS_FOLDER:-/run/secrets}/$1
  secret=$(cat "$file")
  case $secret in
    '' | *[!A-Za-z0-9._~-]*)
      echo "$file: use letters, digits and . _ ~ - only, and at least one" >&2
      exit 78
      ;;
  esac
  printf '%s' "$secret"
}
case ${1-} in
  database)
    secret=$(password postgres_password)
    printf 'postgresql+psycopg2://airflow:%s@postgres:5432/airflow' "$secret"
    ;;
  broker)
    secret=$(password redis_password)
    printf 'redis://:%s@redis:6379/0' "$secret"
    ;;
  *)
    echo "usage: address.sh database|broker" >&2
    exit 64
    ;;
esac
