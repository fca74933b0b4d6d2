# syntax=docker/dockerfile:1
# The front end is bundled and the environment installed in stages of their own; what runs holds neither Node
# nor a compiler, and runs as nobody in particular.

FROM node:22.21-bookworm-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY dashboard/map/frontend dashboard/map/frontend
COPY dashboard/field/frontend dashboard/field/frontend
RUN npm run build

FROM python:3.11-slim-bookworm AS environment
WORKDIR /build
RUN python -m venv /opt/problembild
COPY constraints/server.txt constraints/server.txt
RUN /opt/problembild/bin/pip install --no-cache-dir --require-hashes -r constraints/server.txt
COPY pyproject.toml README.md LICENSE ./
COPY geodata geodata
COPY etl etl
COPY dashboard dashboard
COPY --from=frontend /build/dashboard/assets/map dashboard/assets/map
COPY --from=frontend /build/dashboard/assets/field dashboard/assets/field
RUN /opt/problembild/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
# Letters of the PDFs; the versions are those of the image's own Debian release.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
    fonts-noto-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 problembild \
    && install -d -o problembild /workspace /var/cache/problembild
COPY --from=environment /opt/problembild /opt/problembild
ENV PATH=/opt/problembild/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    NUMBA_CACHE_DIR=/var/cache/problembild
USER 10001
# Compiled for the processor of this machine; on another the server compiles them itself, while it starts.
RUN problembild warm
WORKDIR /workspace
VOLUME /workspace
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import ssl, urllib.request as ask\ntry: ask.urlopen('http://127.0.0.1:8050/healthz', timeout=2)\nexcept OSError: ask.urlopen('https://127.0.0.1:8050/healthz', timeout=2, context=ssl._create_unverified_context())"]
# For this machine alone: run with --network host. With accounts, serve --host 0.0.0.0 lets others in over TLS.
CMD ["problembild", "serve", "--workspace", "/workspace"]
