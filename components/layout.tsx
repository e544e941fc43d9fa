import type { Context } from "hono";
import { jsxRenderer } from "hono/jsx-renderer";
import type { User } from "../db/users.ts";
import { dateTime } from "./format.ts";
import { SiteFooter } from "./site_footer.tsx";
import { SiteHeader } from "./site_header.tsx";

declare module "hono" {
  interface ContextRenderer {
    (
      content: string | Promise<string>,
      props: PageProps,
    ): Response | Promise<Response>;
  }
}

/** What a page tells the shell around it. */
export interface PageProps {
  /** Shown in the tab before the site's name. */
  title: string;
  /** Full width for tables and plots; prose pages stay narrow. */
  wide?: boolean;
  /** Modules of static/ that only this page loads. */
  scripts?: string[];
  /** Seconds after which browsers without JavaScript load the page again. */
  refresh?: number;
  /** A refusal: nothing on the page names its address, so that what is not yours and what is unknown look the same. */
  refusal?: boolean;
}

/** What every page shows around its content. */
export interface Shell {
  user: User | null;
  path: string;
  /** The source holds demo runs: said on every page. */
  demo: boolean;
  /** Set while MongoDB cannot be reached: the time up to which the catalogue is known to be right; the epoch when it never was read. */
  staleSince: Date | null;
  /** Address of a static file with its version. */
  asset(name: string): string;
}

const HTMX_CONFIG = JSON.stringify({
  extensions: "sse",
  defaultSwap: "outerHTML",
  defaultTimeout: 30000,
  noSwap: [204, 304, "40x", "41x", 429, "5xx"],
});
const STYLES = ["pico-2.1.1.min.css", "app.css", "pages.css"];
const SCRIPTS = ["htmx-sse-4.0.1.min.js", "app.js"];

/** The shell around every page; `shell` reads from the request what components may not. */
export function layout(
  shell: (c: Context) => Shell,
) {
  return jsxRenderer(({ children, ...page }, c) => {
    const { user, path, demo, staleSince, asset } = shell(c);
    return (
      <html lang="en" data-theme={chosenTheme(user)}>
        <Head {...page} asset={asset} />
        <body>
          <a class="skip" href="#main">Skip to content</a>
          <SiteHeader user={user} path={path} />
          {(demo || staleSince) && (
            <aside class="banners" aria-label="About the data">
              {demo && <DemoBanner />}
              {staleSince && <StaleBanner since={staleSince} />}
            </aside>
          )}
          <main
            id="main"
            tabindex={-1}
            class={page.wide ? "wide" : undefined}
          >
            {children}
          </main>
          <SiteFooter
            user={user}
            path={page.refusal ? "/" : path}
            asset={asset}
          />
        </body>
      </html>
    );
  });
}

/** No attribute means: as the browser says. */
function chosenTheme(user: User | null): string | undefined {
  return user && user.theme !== "auto" ? user.theme : undefined;
}

function Head(
  { title, scripts = [], refresh, asset }: PageProps & Pick<Shell, "asset">,
) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title} - MGKDB</title>
      <meta name="htmx-config" content={HTMX_CONFIG} />
      {refresh && (
        <noscript>
          <meta http-equiv="refresh" content={String(refresh)} />
        </noscript>
      )}
      <link rel="icon" href={asset("icon.svg")} type="image/svg+xml" />
      {STYLES.map((name) => <link rel="stylesheet" href={asset(name)} />)}
      {SCRIPTS.map((name) => <script defer src={asset(name)}></script>)}
      {scripts.map((name) => <script type="module" src={asset(name)}></script>)}
    </head>
  );
}

function DemoBanner() {
  return (
    <p class="banner demo">
      Demo data: analytic models, not the output of any code.{" "}
      <a href="/about#demo">What that means</a>
    </p>
  );
}

function StaleBanner({ since }: { since: Date }) {
  return (
    <p class="banner stale" role="status">
      The source database cannot be reached; files cannot be read.{" "}
      {since.getTime() === 0 ? "Nothing has been read from it yet." : (
        <>
          Search and pages show the catalogue as of{" "}
          <time datetime={since.toISOString()}>{dateTime(since)}</time>.
        </>
      )}
    </p>
  );
}
