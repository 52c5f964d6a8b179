# The assembler as a render job: reads a blueprint from $BLUEPRINT_JSON (or $BLUEPRINT_FILE), writes the film, exits 0 or 1.
# Media is mounted at /media; paths of the blueprint are relative to it. Runs as it stands on Cloud Run Jobs and Kubernetes.
#   docker build -t kinetone-assembler .
#   docker run --rm -v "$PWD/media:/media" -e BLUEPRINT_JSON="$(cat blueprint.json)" kinetone-assembler
FROM node:24-bookworm AS build
WORKDIR /build
RUN apt-get update && apt-get install -y --no-install-recommends cmake g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
COPY scripts/stubs scripts/stubs
RUN npm ci --ignore-scripts --omit=optional
COPY . .
RUN npm run build:native && npx electron-vite build --logLevel warn

FROM node:24-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/* && mkdir -p /data /media && chown node /data /media
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/out/main out/main
COPY --from=build /build/native/build/Release native/build/Release
COPY --from=build /build/resources resources
USER node
# Seconds until the job is given up; 0 for no limit. What was finished is kept in /data and used by the next run.
ENV KINETONE_DATA_DIR=/data ASSEMBLY_TIMEOUT_S=300
WORKDIR /media
ENTRYPOINT ["node", "/app/out/main/assembler.js"]
