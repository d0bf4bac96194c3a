#!/bin/sh
# Redis with its password from the secret: on no command line, in no environment.
set -eu
umask 077
case ${1-} in
  serve)
    {
      printf 'bind 0.0.0.0\nprotected-mode yes\ndir /data\nappendonly no\nsave ""\n'
      # a full memory must not drop a task that waits for its worker
      printf 'maxmemory 192mb\nmaxmemory-policy noeviction\n'
      printf 'requirepass %s\n' "$(cat /run/secrets/redis_password)"
    } >/tmp/redis.conf
    exec redis-server /tmp/redis.conf
    ;;
  ping)
    REDISCLI_AUTH=$(cat /run/secrets/redis_password)
    export REDISCLI_AUTH
    [ "$(redis-cli ping)" = PONG ]
    ;;
  *)
    echo "usage: redis.sh serve|ping" >&2
    exit 64
    ;;
esac
