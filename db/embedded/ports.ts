/** Returns a TCP port of 127.0.0.1 that was free a moment ago; whoever binds it must still expect to lose the race. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
