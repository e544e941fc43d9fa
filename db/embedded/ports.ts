/** Returns a TCP port of 127.0.0.1 that was free a moment ago; whoever binds it must still expect to lose the race. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

/**
 * Makes sure that the app will get its port, before anything is started for it.
 *
 * @throws {Error} that names the setting when another program has the port or it may not be used.
 */
export function requirePort(
  { hostname, port }: { hostname: string; port: number },
): void {
  try {
    Deno.listen({ hostname, port }).close();
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new Error(
        `PORT ${port} is in use by another program: stop it, or set PORT to another number`,
      );
    }
    throw new Error(`HOST ${hostname} with PORT ${port} cannot be used`, {
      cause: error,
    });
  }
}
