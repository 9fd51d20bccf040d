# Duban in a container: Node runs the TypeScript as it is, so there is nothing to build.
FROM node:26.10.0-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
# The platform's own Node is in the image; the one that npm could bring is left out.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=modules /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY projections ./projections
COPY seed ./seed
# Everything the process writes is under /data: the root file system can be read-only.
RUN mkdir -p /data/keys /data/attachments /data/personal /data/outbox && chown -R node:node /data && chmod 700 /data/keys /data/personal /data/outbox
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/health/ready').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "src/main/cli.ts"]
CMD ["serve"]
