const EVERY_MS = 50;

/**
 * Waits until a probe answers true (or anything that counts as true) and gives that answer.
 *
 * @throws {Error} with `what` when the time is over.
 */
export async function until<T>(
  probe: () => T | Promise<T>,
  { what, ms = 10_000 }: { what: string; ms?: number },
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, EVERY_MS));
  }
}
