import type { Context } from "hono";
import { jsxRenderer } from "hono/jsx-renderer";
import type { User } from "../db/users.ts";

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
  /** Seconds after which browsers without JavaScript load the page again. */
  refresh?: number;
}

/** What every page shows around its content. */
export interface Shell {
  user: User | null;
  path: string;
  /** The source holds demo runs: said on every page. */
  demo: boolean;
  /** Set while MongoDB cannot be reached: the time up to which the catalogue is known to be right. */
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

/** The shell around every page; `shell` reads from the request what components may not. */
export function layout(
  shell: (c: Context) => Shell,
) {
  return jsxRenderer(({ children, title, wide, refresh }, c) => {
    const { user, path, demo, staleSince, asset } = shell(c);
    return (
      <html
        lang="en"
        data-theme={user && user.theme !== "auto" ? user.theme : undefined}
      >
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
          <link rel="stylesheet" href={asset("pico.css")} />
          <link rel="stylesheet" href={asset("app.css")} />
          <script defer src={asset("htmx-4.0.1.min.js")}></script>
          <script defer src={asset("hx-sse-4.0.1.min.js")}></script>
          <script defer src={asset("app.js")}></script>
        </head>
        <body>
          <a class="skip" href="#main">Skip to content</a>
          <SiteHeader user={user} path={path} />
          {demo && (
            <p class="banner demo">
              Demo data: analytic models, not the output of any code.
            </p>
          )}
          {staleSince && (
            <p class="banner stale" role="status">
              The source database cannot be reached. Search and pages show the
              catalogue as of{" "}
              <time datetime={staleSince.toISOString()}>
                {staleSince.toUTCString()}
              </time>; files cannot be read.
            </p>
          )}
          <main id="main" tabindex={-1} class={wide ? "wide" : undefined}>
            {children}
          </main>
          <footer class="site">MGKDB Web</footer>
        </body>
      </html>
    );
  });
}

function SiteHeader({ user }: { user: User | null; path: string }) {
  return (
    <header class="site">
      <nav aria-label="Site">
        <a href="/">MGKDB</a>
        {user?.state === "approved" && <a href="/runs">Search</a>}
        {user?.state === "approved" && (
          <a id="dl-badge" href="/downloads">Downloads</a>
        )}
        <a href="/glossary">Glossary</a>
        <a href="/getting-started">Getting started</a>
        {user && user.role !== "researcher" && <a href="/admin">Admin</a>}
        {user
          ? <a href="/account">{user.name}</a>
          : <a href="/login">Log in</a>}
      </nav>
    </header>
  );
}
