# The service itself (last stage), and a supervised ssh tunnel to a MongoDB that is reached only that way.
FROM alpine:3.22 AS tunnel
RUN apk add --no-cache openssh-client-default && adduser -D -u 1000 tunnel
USER tunnel
# A dead peer is noticed after 3 x 15 s; the container then ends and compose starts it again.
ENTRYPOINT ["sh", "-c", "exec ssh -N -T -i /run/tunnel_key -o UserKnownHostsFile=/run/known_hosts -o ServerAliveInterval=15 -o ServerAliveCountMax=3 -o ExitOnForwardFailure=yes -L 0.0.0.0:27017:${TUNNEL_TARGET:-127.0.0.1:27017} ${TUNNEL_HOST:?}"]

FROM denoland/deno:debian-2.9.6 AS app
WORKDIR /app
COPY deno.json deno.lock ./
RUN deno install --frozen
COPY . .
RUN deno check main.ts && mkdir -p /archives /secrets && chown deno:deno /archives /secrets
USER deno
# HOME: the queue looks for a configuration file up to there, and may read no further.
ENV HOME=/app HOST=0.0.0.0 ARCHIVE_DIR=/archives DENO_NO_UPDATE_CHECK=1
EXPOSE 8000
# No --allow-run: the image starts no other program.
CMD ["deno", "run", "--no-prompt", "--cached-only", "--frozen", "--allow-net", "--allow-env", "--allow-sys", "--allow-ffi=/app/node_modules", "--allow-read=/app,/archives,/secrets,/proc/self,/etc", "--allow-write=/archives", "main.ts"]
