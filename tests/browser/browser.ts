import axe from "axe-core";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
} from "playwright-core";

// Background services of the browser would look for hosts that do not concern the tests.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const EXECUTABLE = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";
const RULES = [
  "wcag2a",
  "wcag2aa",
  "wcag21a",
  "wcag21aa",
  "wcag22aa",
  "best-practice",
];

/** Starts the Chromium that tests/tools.ts installed. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

/** How a person's browser is set up. */
export interface Visitor {
  javaScript?: boolean;
  dark?: boolean;
  phone?: boolean;
}

/** One person's browser: a page, and everything its console complained about (CSP violations come there too). */
export class Visit {
  readonly complaints: string[] = [];

  private constructor(readonly context: BrowserContext, readonly page: Page) {
    page.on("console", (message) => {
      // The browser notes the status of a refusal, which is no fault.
      if (/status of 4(00|03|04|22)/.test(message.text())) return;
      if (message.type() === "error" || message.type() === "warning") {
        this.complaints.push(`${page.url()}: ${message.text()}`);
      }
    });
    page.on(
      "pageerror",
      (error) => this.complaints.push(`${page.url()}: ${error.message}`),
    );
  }

  static async open(
    browser: Browser,
    baseURL: string,
    visitor: Visitor = {},
  ): Promise<Visit> {
    const context = await browser.newContext({
      baseURL,
      javaScriptEnabled: visitor.javaScript ?? true,
      colorScheme: visitor.dark ? "dark" : "light",
      viewport: visitor.phone
        ? { width: 375, height: 800 }
        : { width: 1280, height: 900 },
      acceptDownloads: true,
    });
    return new Visit(context, await context.newPage());
  }

  /** Opens an address of the site. */
  async go(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** What axe finds on the present page, one line per rule and place. */
  async accessibility(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    return await this.page.evaluate(async (rules) => {
      const run = (globalThis as unknown as {
        axe: {
          run(
            o: unknown,
          ): Promise<
            {
              violations: {
                id: string;
                nodes: { target: string[]; failureSummary: string }[];
              }[];
            }
          >;
        };
      }).axe.run;
      const { violations } = await run({ runOnly: rules });
      return violations.flatMap((v) =>
        v.nodes.map((n) =>
          `${location.pathname}: ${v.id} at ${
            n.target.join(" ")
          }: ${n.failureSummary}`
        )
      );
    }, RULES);
  }

  /** Pixels by which the page is wider than the window; 0 when nothing hangs over. */
  overflow(): Promise<number> {
    return this.page.evaluate(
      "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)",
    ) as Promise<number>;
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
