/** A TCP proxy that stands for a bad line: slow, or cut. */
export interface Proxy {
  port: number;
  /** Bytes that the server has sent through it. */
  passed(): number;
  /** Drops every connection and refuses new ones. */
  cut(): void;
  mend(): void;
  close(): void;
}

/** Starts a proxy to a port of this machine; what the server sends passes at a limited rate in all. */
export function startProxy(
  target: number,
  { bytesPerSecond }: { bytesPerSecond: number },
): Proxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  let isCut = false;
  let passed = 0;
  let free = Date.now();
  const keep = (conn: Deno.TcpConn) => {
    open.add(conn);
    return conn;
  };
  (async () => {
    for await (const client of listener) {
      if (isCut) {
        client.close();
        continue;
      }
      keep(client);
      const server = await Deno.connect({
        hostname: "127.0.0.1",
        port: target,
      }).catch(() => null);
      if (server === null) {
        client.close();
        continue;
      }
      keep(server);
      const slow = new TransformStream<Uint8Array, Uint8Array>({
        async transform(piece, controller) {
          free = Math.max(free, Date.now()) +
            (piece.length / bytesPerSecond) * 1000;
          const wait = free - Date.now();
          if (wait > 5) await new Promise((done) => setTimeout(done, wait));
          passed += piece.length;
          controller.enqueue(piece);
        },
      });
      client.readable.pipeTo(server.writable).catch(() => {});
      server.readable.pipeThrough(slow).pipeTo(client.writable).catch(() => {});
    }
  })().catch(() => {});
  const drop = () => {
    for (const conn of open) {
      try {
        conn.close();
      } catch {
        // Closed by its other end already.
      }
    }
    open.clear();
  };
  return {
    port: (listener.addr as Deno.NetAddr).port,
    passed: () => passed,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    close() {
      drop();
      listener.close();
    },
  };
}
