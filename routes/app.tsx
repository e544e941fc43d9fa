import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { config } from "../config.ts";
import { layout } from "../components/layout.tsx";
import { access } from "./access.ts";
import { csrf } from "./csrf.ts";
import { notFoundPage, onError } from "./errors.tsx";
import { headers } from "./headers.ts";
import { health } from "./health.ts";
import { type AppEnv } from "./http.ts";
import { runs } from "./runs.tsx";
import { session } from "./session.ts";
import { asset, statics } from "./statics.ts";

const MAX_FORM_BYTES = 256 * 1024;

/** The whole site: what every request passes, then one sub-app per noun. */
export const app = new Hono<AppEnv>();

app.use(headers);
app.route("/", statics);
app.route("/", health);
app.use(
  layout((c) => ({
    user: c.get("user") ?? null,
    path: c.req.path,
    demo: config.EMBEDDED.includes("mongo"),
    staleSince: null,
    asset,
  })),
);
app.use(csrf);
app.use(bodyLimit({ maxSize: MAX_FORM_BYTES }));
app.use(session);
app.use(access);

app.route("/", runs);

app.notFound(notFoundPage);
app.onError(onError);
