import { Hono } from "hono";
import { serveStatic } from "hono/deno";
import { config } from "../config.ts";
import { AboutPage } from "../components/about.tsx";
import { ApiPage } from "../components/api.tsx";
import { GettingStartedPage } from "../components/getting_started.tsx";
import { GlossaryPage } from "../components/glossary.tsx";
import { HomePage } from "../components/home.tsx";
import { getCatalogueCounts, listNewestRuns } from "../db/catalogue_counts.ts";
import { getLimits } from "../db/limits.ts";
import { TERMS_VERSION } from "../db/registrations.ts";
import { siteState } from "../db/site_state.ts";
import { GROUPS, PUBLIC_COLUMNS } from "../physics/columns.ts";
import { MAX_API_TOKENS } from "../db/api_tokens.ts";
import { RESOURCES } from "./api/resources.ts";
import { EXPORTS } from "./exports.ts";
import type { AppEnv } from "./http.ts";
import { LIMITS } from "./rate_limit.ts";
import { asset } from "./statics.ts";

const NEWEST_RUNS = 5;
const ROOT = new URL("..", import.meta.url).pathname;

/** The pages that anybody may read. */
export const publicPages = new Hono<AppEnv>();

publicPages.get("/", async (c) => {
  const user = c.get("user");
  const [counts, newest] = await Promise.all([
    getCatalogueCounts(),
    user?.state === "approved" ? listNewestRuns(NEWEST_RUNS) : [],
  ]);
  return c.render(
    <HomePage
      user={user}
      counts={counts}
      newest={newest}
      picture={asset("section.svg")}
    />,
    { title: "Gyrokinetic simulations" },
  );
});

publicPages.get("/about", async (c) => {
  const [counts, limits] = await Promise.all([
    getCatalogueCounts(),
    getLimits(),
  ]);
  return c.render(
    <AboutPage
      counts={counts}
      demo={siteState().demo}
      archiveHours={limits.archive_ttl_hours}
      syncMinutes={config.SYNC_MINUTES}
      termsVersion={TERMS_VERSION}
    />,
    { title: "About" },
  );
});

publicPages.get(
  "/getting-started",
  (c) =>
    c.render(<GettingStartedPage origin={config.BASE_URL} />, {
      title: "Getting started",
    }),
);

publicPages.get(
  "/glossary",
  (c) =>
    c.render(<GlossaryPage columns={PUBLIC_COLUMNS} groups={GROUPS} />, {
      title: "Glossary",
      wide: true,
    }),
);

publicPages.get("/api", (c) => {
  const limits = {
    tokens: MAX_API_TOKENS,
    requests: LIMITS.readPerUser.count,
    exports: LIMITS.exportPerUser.count,
    exportsAtOnce: EXPORTS.perUser,
  };
  return c.render(
    <ApiPage origin={config.BASE_URL} resources={RESOURCES} limits={limits} />,
    { title: "API" },
  );
});

publicPages.get(
  "/robots.txt",
  serveStatic({ root: ROOT, path: "static/robots.txt" }),
);
// For browsers that ask without having read the page.
publicPages.get("/favicon.ico", (c) => c.redirect("/static/icon.svg", 301));
