import { Hono } from "hono";
import { access } from "../access.ts";
import { type AppEnv, notFound } from "../http.ts";
import { readLimit } from "../rate_limit.ts";
import { bearer, readOnly } from "./bearer.ts";
import { apiColumns } from "./columns.ts";
import { apiDownloads } from "./downloads.ts";
import { apiFamilies } from "./families.ts";
import { openapi } from "./openapi.ts";
import { apiRuns } from "./runs.ts";

/** What programs may read, under /api/v1: by token, never by cookie. Its errors are problems (problem.ts). */
export const api = new Hono<AppEnv>();

api.use(readOnly);
api.use(bearer);
api.use(readLimit);
api.use(access);

api.route("/", openapi);
api.route("/", apiColumns);
api.route("/", apiRuns);
api.route("/", apiFamilies);
api.route("/", apiDownloads);
// What no handler above knows must not go on to the pages, which know cookies.
api.all("/*", () => notFound());
