import process from "node:process";
import type { Browser } from "../../make.ts";

const REQUESTS = 100;
const WARM_UP = 15;

/** Milliseconds of a page. */
export interface PageTimes {
  p50: number;
  p95: number;
  /** Mean of what the app itself computes, without the database: the same on a busy machine, roughly. */
  cpu: number;
}

/** What the server takes for a page, in this process, one request after the other. */
export async function measurePage(
  browser: Browser,
  path: string,
): Promise<PageTimes> {
  const times: number[] = [];
  let before = process.cpuUsage();
  for (let n = -WARM_UP; n < REQUESTS; n++) {
    if (n === 0) before = process.cpuUsage();
    const start = performance.now();
    const response = await browser.get(path);
    await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    if (n >= 0) times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    cpu: (user + system) / 1000 / REQUESTS,
  };
}

/** Bytes of a page with its stylesheets and scripts, each packed by gzip, as a first visit fetches them. */
export async function measureBytes(
  browser: Browser,
  path: string,
): Promise<number> {
  const html = await (await browser.get(path)).text();
  const files = [
    ...html.matchAll(/(?:<script[^>]* src|stylesheet" href)="([^"]+)"/g),
  ].map((m) => m[1]!);
  let bytes = await packed(html);
  for (const file of files) {
    bytes += await packed(await (await browser.get(file)).text());
  }
  return bytes;
}

/** The value that this share of the values stays below. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[
    Math.min(sorted.length - 1, Math.floor(share * sorted.length))
  ]!;
}

async function packed(text: string): Promise<number> {
  const stream = new Blob([text]).stream().pipeThrough(
    new CompressionStream("gzip"),
  );
  return (await new Response(stream).bytes()).length;
}
