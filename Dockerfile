# The program alone: not as root, nothing written outside the one volume (and /tmp).
# docs/deploy/kontainer.md tells how it is built and started.
FROM python:3.13.9-slim-trixie

ENV HOME=/tmp PYTHONUNBUFFERED=1
WORKDIR /srv/kantor
COPY requirements.txt .
RUN python -m pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY automation automation
COPY sheets_schema sheets_schema
RUN python -m compileall -q automation \
    && mkdir /data && chown 10001:10001 /data

USER 10001:10001
VOLUME /data
ENTRYPOINT ["python", "-m", "automation", "--config", "/data/credentials/settings.toml"]
CMD ["watch"]
