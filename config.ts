import { z } from "zod";

const MIN_SECRET_BYTES = 32;
const SAMPLE_SECRETS =
  /change[-_ ]?me|secret[-_ ]?key|sample|example|0123456789|(.)\1{31}/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

const count = (min: number, max: number) =>
  z.string().regex(/^\d{1,16}$/, "must be a whole number").transform(Number)
    .pipe(z.number().min(min).max(max));
const flag = z.enum(["true", "false"], "must be true or false").transform((v) =>
  v === "true"
);
const url = (...schemes: string[]) =>
  z.string().refine(
    (v) => schemes.some((s) => v.startsWith(`${s}://`)),
    `must start with ${schemes.join(":// or ")}://`,
  );

/** Every setting of the service; an absent one takes the default written here. */
const Env = z.object({
  /** Where the app listens. */
  PORT: count(1, 65535).default(8000),
  HOST: z.string().min(1).default("127.0.0.1"),
  /** Public origin without a path; links in mails come from here only. Default: http://localhost:PORT. */
  BASE_URL: url("http", "https").transform((v) => v.replace(/\/$/, "")).refine(
    (v) => URL.parse(v)?.origin === v,
    "must be an origin such as https://mgkdb.example.org, without a path",
  ).optional(),
  /** `all`: pages and jobs in one process; `web` or `worker`: one of them. */
  ROLE: z.enum(["all", "web", "worker"], "must be all, web or worker").default(
    "all",
  ),
  /** Postgres: users, sessions, catalogue, downloads, queue. Absent: an embedded one. */
  DATABASE_URL: url("postgres", "postgresql").optional(),
  /** MongoDB, only ever read. Absent: an embedded one with demo runs. */
  MONGO_URL: url("mongodb", "mongodb+srv").optional(),
  MONGO_DB: z.string().regex(
    /^[^/\\. "$*<>:|?\0]{1,63}$/,
    "must be a MongoDB database name",
  ).default("mgk_fusion"),
  /** SMTP server. Absent: mails are shown at /dev/mail, to this machine only. */
  SMTP_URL: url("smtp", "smtps").optional(),
  MAIL_FROM: z.string().min(3).default("MGKDB Web <mgkdb@localhost>"),
  /** Comma-separated; who is told of new accounts and is admin once verified. */
  ADMIN_EMAILS: z.string().transform((v) =>
    v.split(",").map((a) => a.trim().toLowerCase()).filter(Boolean)
  ).pipe(
    z.array(z.email("must be e-mail addresses separated by commas")).min(1),
  ).optional(),
  /** Shared volume of finished archives. Default: DATA_DIR/archives. */
  ARCHIVE_DIR: z.string().min(1).optional(),
  /** Embedded databases and what belongs to them. */
  DATA_DIR: z.string().min(1).default("data"),
  /** Signs links. */
  SECRET_KEY: z.string().refine(
    (v) => new TextEncoder().encode(v).length >= MIN_SECRET_BYTES,
    `must have at least ${MIN_SECRET_BYTES} bytes`,
  ).refine(
    (v) => !SAMPLE_SECRETS.test(v),
    "looks like a sample; make one with: openssl rand -base64 48",
  ).optional(),
  /** Take the client's address from X-Real-IP; true only behind a proxy that overwrites it. */
  TRUST_PROXY: flag.default(false),
  /** Hand finished archives to Caddy with X-Accel-Redirect. */
  X_ACCEL: flag.default(false),
  /** Largest archive, in bytes. */
  ARCHIVE_MAX_BYTES: count(1, Number.MAX_SAFE_INTEGER).default(100e9),
  /** Hours until a finished archive is deleted. */
  ARCHIVE_TTL_HOURS: count(1, 8760).default(72),
  /** Bytes of finished archives one user may hold. */
  USER_QUOTA_BYTES: count(1, Number.MAX_SAFE_INTEGER).default(200e9),
  /** Archives one worker builds at once. */
  WORKER_ARCHIVES: count(1, 16).default(2),
  /** Minutes between two looks for new runs. */
  SYNC_MINUTES: count(1, 1440).default(5),
  /** Internal, set by the launcher for its child: which parts are embedded. */
  EMBEDDED: z.string().default("").transform((v) =>
    v.split(",").filter(Boolean)
  ),
  /** Internal, set by the launcher: file with the demo accounts' addresses and passwords. */
  DEMO_ACCOUNTS: z.string().optional(),
});

/** The settings after defaults. */
export type Config = ReturnType<typeof readConfig>;

/**
 * Reads the settings from an environment.
 *
 * Empty values count as absent; `NAME_FILE` names a file that holds the value of NAME.
 *
 * @throws {Error} with one sentence per wrong setting, each naming it.
 */
export function readConfig(env: Record<string, string>) {
  const parsed = Env.safeParse(withFiles(env));
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((i) => `${i.path.join(".")} ${i.message}`).join(
        "\n",
      ),
    );
  }
  const settings = parsed.data;
  const baseUrl = settings.BASE_URL ?? `http://localhost:${settings.PORT}`;
  return {
    ...settings,
    BASE_URL: baseUrl,
    ARCHIVE_DIR: settings.ARCHIVE_DIR ?? `${settings.DATA_DIR}/archives`,
    /** True when the public address is https: `Secure` cookies, `__Host-` names and HSTS. */
    HTTPS: baseUrl.startsWith("https:"),
    /** True when the site is for this machine only, by its public address and by where it listens: development pages may be shown. */
    LOCAL: LOOPBACK.test(new URL(baseUrl).hostname) &&
      LOOPBACK.test(settings.HOST),
  };
}

/** What is missing before the app can serve with external services, as sentences; empty when complete. */
export function missingSettings(c: Config): string[] {
  const missing = [];
  if (!c.ADMIN_EMAILS) {
    missing.push("ADMIN_EMAILS is needed: who is told of new accounts");
  }
  if (!c.SECRET_KEY) {
    missing.push(
      "SECRET_KEY is needed: at least 32 random bytes, for instance from: openssl rand -base64 48",
    );
  }
  if (!c.SMTP_URL && !c.LOCAL) {
    missing.push(
      `SMTP_URL is needed: mails can be shown at /dev/mail only while BASE_URL is this machine and HOST is 127.0.0.1 (they are ${c.BASE_URL} and ${c.HOST})`,
    );
  }
  return missing;
}

function withFiles(env: Record<string, string>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(Env.shape)) {
    if (env[name]) values[name] = env[name];
    else if (env[`${name}_FILE`]) {
      values[name] = readSecret(`${name}_FILE`, env[`${name}_FILE`]!);
    }
  }
  return values;
}

function readSecret(name: string, path: string): string {
  try {
    return Deno.readTextFileSync(path).trim();
  } catch (cause) {
    throw new Error(`${name} names a file that cannot be read: ${path}`, {
      cause,
    });
  }
}

/** Stops the start with a sentence per wrong setting instead of a stack trace. */
function readOrExit(): Config {
  try {
    return readConfig(Deno.env.toObject());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(2);
  }
}

/** The settings of this process, read once. */
export const config = readOrExit();

/** The name of every setting, in the order of the schema. */
export const settingNames: string[] = Object.keys(Env.shape);
