import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { layout } from "../components/layout.tsx";
import { siteState } from "../db/site_state.ts";
import { access } from "./access.ts";
import { account } from "./account.tsx";
import { accountTokens } from "./account_tokens.tsx";
import { admin } from "./admin.tsx";
import { adminAudit } from "./admin_audit.tsx";
import { adminCatalogue } from "./admin_catalogue.tsx";
import { adminDownloads } from "./admin_downloads.tsx";
import { adminRuns } from "./admin_runs.tsx";
import { adminUsers } from "./admin_users.tsx";
import { api } from "./api/api.ts";
import { basket } from "./basket.tsx";
import { cite } from "./cite.ts";
import { compare } from "./compare.tsx";
import { csrf } from "./csrf.ts";
import { devMail } from "./dev_mail.tsx";
import { downloadArchive } from "./download_archive.ts";
import { downloadEvents } from "./download_events.ts";
import { downloads } from "./downloads.tsx";
import { notFoundPage, onError } from "./errors.tsx";
import { explore } from "./explore.tsx";
import { exploreCoverage } from "./explore_coverage.tsx";
import { exploreQuasilinear } from "./explore_quasilinear.tsx";
import { families } from "./families.tsx";
import { headers } from "./headers.ts";
import { health } from "./health.ts";
import { type AppEnv } from "./http.ts";
import { like } from "./like.tsx";
import { login } from "./login.tsx";
import { newDownload } from "./new_download.tsx";
import { publicPages } from "./public.tsx";
import { readLimit } from "./rate_limit.ts";
import { registration } from "./register.tsx";
import { reset } from "./reset.tsx";
import { run } from "./run.tsx";
import { runFiles } from "./run_files.ts";
import { runPlots } from "./run_plots.tsx";
import { runPreview } from "./run_preview.tsx";
import { runs } from "./runs.tsx";
import { scans } from "./scans.tsx";
import { session } from "./session.ts";
import { asset, statics } from "./statics.ts";
import { verification } from "./verify.tsx";

const MAX_FORM_BYTES = 256 * 1024;

/** The whole site: what every request passes, then one sub-app per noun. */
export const app = new Hono<AppEnv>();

app.use(headers);
app.route("/", statics);
app.route("/", health);
// Before the session: no cookie is read there, and whatever is asked for under it ends there.
app.route("/api/v1", api);
app.use(
  layout((c) => ({
    user: c.get("user") ?? null,
    path: c.req.path,
    ...siteState(),
    asset,
  })),
);
app.use(csrf);
app.use(bodyLimit({ maxSize: MAX_FORM_BYTES }));
app.use(session);
app.use(readLimit);
app.use(access);

app.route("/", publicPages);
app.route("/", like);
app.route("/", cite);
app.route("/", runs);
app.route("/", run);
app.route("/", runFiles);
app.route("/", runPreview);
app.route("/", runPlots);
app.route("/", families);
app.route("/", scans);
app.route("/", basket);
app.route("/", compare);
app.route("/", explore);
app.route("/", exploreCoverage);
app.route("/", exploreQuasilinear);
app.route("/", downloadEvents);
app.route("/", downloadArchive);
app.route("/", newDownload);
app.route("/", downloads);
app.route("/", registration);
app.route("/", verification);
app.route("/", login);
app.route("/", reset);
app.route("/", account);
app.route("/", accountTokens);
app.route("/", devMail);
app.route("/", admin);
app.route("/", adminUsers);
app.route("/", adminDownloads);
app.route("/", adminCatalogue);
app.route("/", adminRuns);
app.route("/", adminAudit);

app.notFound(notFoundPage);
app.onError(onError);
