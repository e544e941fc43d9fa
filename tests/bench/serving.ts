/**
 * `deno task bench:serving`: how fast a finished archive of 2 GB leaves the house: by the app alone, through Caddy as in production,
 * and by Caddy's plain file server. Medians of three rounds, interleaved. Needs caddy and curl.
 */
import { config, make, setup, sql } from "../faults/world.ts";
import { freePort } from "../../db/embedded/ports.ts";
import { AppProcess } from "../app_process.ts";
import { noise } from "../noise.ts";
import { until } from "../until.ts";

// It reads the address of the database, which the world sets.
const { createSession } = await import("../../db/sessions.ts");
const ROOT = new URL("../../", import.meta.url).pathname;
const BYTES = 2_000_000_000;
const ROUNDS = 3;

setup.test("serving an archive of 2 GB", async () => {
  const { path, sid, file } = await makeArchive();
  const alone = await startApp({});
  const [edge, plain] = [freePort(), freePort()];
  const behind = await startApp({
    X_ACCEL: "true",
    TRUST_PROXY: "true",
    BASE_URL: `http://localhost:${edge}`,
  });
  const caddies = [
    startCaddy(["run", "--config", "Caddyfile", "--adapter", "caddyfile"], {
      BASE_URL: `http://localhost:${edge}`,
      UPSTREAM: `127.0.0.1:${behind.port}`,
      ARCHIVES: config.ARCHIVE_DIR,
    }),
    startCaddy([
      ...["file-server", "--listen", `127.0.0.1:${plain}`],
      ...["--root", config.ARCHIVE_DIR],
    ], {}),
  ];
  const ways = new Map([
    ["plain file_server", `http://127.0.0.1:${plain}/${file}`],
    ["app behind Caddy", `http://localhost:${edge}${path}`],
    ["app alone", `${alone.base}${path}`],
  ]);
  try {
    for (const url of ways.values()) await answering(url, sid);
    const rates = new Map<string, number[]>();
    for (let n = 0; n < ROUNDS; n++) {
      for (const [way, url] of ways) {
        rates.set(way, [...rates.get(way) ?? [], await rate(url, sid)]);
      }
    }
    print(rates);
  } finally {
    for (const caddy of caddies) {
      caddy.kill("SIGTERM");
      await caddy.status;
    }
    await Promise.all([alone.stop(), behind.stop()]);
  }
});

function print(rates: Map<string, number[]>): void {
  const floor = median(rates.get("plain file_server")!);
  console.log("| way | MB/s | of the plain file_server |\n|---|---:|---:|");
  for (const [way, all] of rates) {
    const share = (median(all) / floor).toFixed(2);
    console.log(`| ${way} | ${Math.round(median(all))} | ${share} x |`);
  }
}

async function makeArchive() {
  const user = await make.makeUser();
  const [archive] = await sql<[{ id: string }]>`
    insert into archives (state, parts, file_name, runs_total, size, sha256, finished_at, expires_at)
    values ('ready', '{files}', 'bench.zip', 1, ${BYTES}, ${
    "0".repeat(64)
  }, now(), now() + interval '1 day') returning id`;
  const [download] = await sql<[{ id: string }]>`
    insert into downloads (user_id, archive_id, label) values (${user.id}, ${archive.id}, 'bench') returning id`;
  const file = `${archive.id}.zip`;
  const out = await Deno.create(`${config.ARCHIVE_DIR}/${file}`);
  const piece = noise(10_000_000);
  for (let at = 0; at < BYTES; at += piece.length) await out.write(piece);
  out.close();
  const sid = await createSession(sql, user, { ip: null, userAgent: "bench" });
  return { path: `/downloads/${download.id}/archive`, sid, file };
}

function startApp(env: Record<string, string>): Promise<AppProcess> {
  return AppProcess.start({
    ROLE: "web",
    DATABASE_URL: config.DATABASE_URL!,
    MONGO_URL: config.MONGO_URL!,
    MONGO_DB: config.MONGO_DB,
    ARCHIVE_DIR: config.ARCHIVE_DIR,
    DATA_DIR: config.DATA_DIR,
    ADMIN_EMAILS: "admin@example.org",
    SECRET_KEY: config.SECRET_KEY!,
    ...env,
  });
}

function startCaddy(
  args: string[],
  env: Record<string, string>,
): Deno.ChildProcess {
  return new Deno.Command("caddy", {
    args,
    cwd: ROOT,
    env: {
      STATIC_ROOT: ROOT,
      CADDY_ADMIN: `127.0.0.1:${freePort()}`,
      XDG_DATA_HOME: config.DATA_DIR,
      XDG_CONFIG_HOME: config.DATA_DIR,
      ...env,
    },
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function answering(url: string, sid: string): Promise<void> {
  await until(
    () =>
      curl(["-r", "0-0", "-w", "%{http_code}", url], sid)
        .then((code) => code === "206", () => false),
    { what: url },
  );
}

async function rate(url: string, sid: string): Promise<number> {
  const format = "%{http_code} %{size_download} %{speed_download}";
  const [code, size, speed] = (await curl(["-w", format, url], sid)).split(" ");
  if (code !== "200" || Number(size) !== BYTES) {
    throw new Error(`${url}: ${code}, ${size} bytes`);
  }
  return Number(speed) / 1e6;
}

async function curl(args: string[], sid: string): Promise<string> {
  const { success, stdout } = await new Deno.Command("curl", {
    args: ["-s", "-o", "/dev/null", "-H", `Cookie: sid=${sid}`, ...args],
  }).output();
  if (!success) throw new Error("curl failed");
  return new TextDecoder().decode(stdout);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
