# One image for every service that runs the project's code; docker-compose.yml says which.
# Build behind a mirror: --build-arg BASE_IMAGE=… (a local base) and UV_DEFAULT_INDEX=….
ARG BASE_IMAGE=python:3.11.14-slim-bookworm

FROM ${BASE_IMAGE} AS build
ARG UV_DEFAULT_INDEX
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_LINK_MODE=copy
SHELL ["/bin/sh", "-euc"]
WORKDIR /build
COPY deploy/uv.txt requirements-container.lock ./
# Wheels only: nothing of a package runs while the image is made.
RUN pip install --require-hashes --only-binary :all: \
      ${UV_DEFAULT_INDEX:+--index-url "$UV_DEFAULT_INDEX"} -r uv.txt \
 && uv venv --python "$(command -v python)" /opt/venv \
 && uv pip sync --python /opt/venv/bin/python --require-hashes --no-build \
      --compile-bytecode requirements-container.lock

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="govstats" \
      org.opencontainers.image.description="Departmental spreadsheets in, an audited statistical release out." \
      org.opencontainers.image.version="0.1.0"
SHELL ["/bin/sh", "-euc"]
# Charts and documents need a font with Chinese. The distribution keeps one version of each at a
# time, so a pinned one would stop the build at its next update.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fontconfig fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /tmp govstats \
 # a new volume takes its owner and mode from here: any user may be the one of the compose file
 && install -d -m 1777 /airflow /data /logs
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LANG=C.UTF-8 \
    HOME=/tmp \
    USER=govstats \
    AIRFLOW_HOME=/airflow \
    AIRFLOW_CONFIG=/app/deploy/airflow.cfg \
    GOVSTATS_ROOT=/app \
    GOVSTATS_DATA=/data \
    DO_NOT_TRACK=1 \
    DBT_SEND_ANONYMOUS_USAGE_STATS=false \
    GX_ANALYTICS_ENABLED=false
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
# `govstats doctor` compares what is installed with the lock beside the package.
COPY requirements-container.lock ./requirements.lock
COPY deploy ./deploy
COPY scripts ./scripts
COPY dbt_project ./dbt_project
COPY layouts ./layouts
COPY expectations ./expectations
COPY bulletin ./bulletin
COPY govstats ./govstats
COPY govstats_airflow ./govstats_airflow
COPY dags ./dags
RUN install -m 755 deploy/govstats /opt/venv/bin/govstats \
 && python -m compileall -q govstats govstats_airflow dags scripts
USER 10001:10001
HEALTHCHECK --interval=60s --timeout=10s CMD ["python", "/app/deploy/healthy.py", "data"]
ENTRYPOINT ["/app/deploy/entry.sh"]
CMD ["govstats", "--help"]
