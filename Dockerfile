FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements/build.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/build.txt
# .dockerignore lets in only what the wheel is built from.
COPY . .
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist .

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /srv
COPY requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY --from=build /dist /dist
RUN pip install --no-cache-dir --no-deps /dist/*.whl \
    && rm -r /dist \
    && useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin theorygraph \
    && install --directory --owner theorygraph /srv/data
USER theorygraph
# Without another store named, an embedded one on the volume.
ENV THEORYGRAPH_STORE=/srv/data/theorygraph.kgl
VOLUME /srv/data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=5 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["theorygraph", "serve", "--host", "0.0.0.0", "--port", "8000"]
