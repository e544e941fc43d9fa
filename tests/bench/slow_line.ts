/**
 * A line with a long way: a proxy on this machine that holds every piece for half the round trip in each direction, at any rate.
 * A process of its own, so that it takes nothing of the contender's time: `deno run -A tests/bench/slow_line.ts PORT MS`.
 * Prints its port.
 */
const [target, roundTrip] = Deno.args.map(Number) as [number, number];
const PIECE_BYTES = 256 * 1024;

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log((listener.addr as Deno.NetAddr).port);
for await (const client of listener) serve(client);

async function serve(client: Deno.TcpConn): Promise<void> {
  const server = await Deno.connect({ hostname: "127.0.0.1", port: target });
  client.setNoDelay();
  server.setNoDelay();
  await Promise.allSettled([delayed(client, server), delayed(server, client)]);
}

/** Passes pieces on in order, each when its time has come; reading goes on meanwhile. */
async function delayed(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  while (true) {
    const buffer = new Uint8Array(PIECE_BYTES);
    const got = await from.read(buffer).catch(() => null);
    const due = performance.now() + roundTrip / 2;
    if (got === null) break;
    sent = sent.then(() => pass(to, buffer.subarray(0, got), due));
  }
  await sent.catch(() => {});
  try {
    to.close();
  } catch {
    // Closed by the other direction already.
  }
}

async function pass(
  to: Deno.TcpConn,
  piece: Uint8Array,
  due: number,
): Promise<void> {
  const wait = due - performance.now();
  if (wait > 0.5) await new Promise((done) => setTimeout(done, wait));
  for (let at = 0; at < piece.length;) at += await to.write(piece.subarray(at));
}
