import { database, test } from "../setup.ts";
import { expect } from "expect";
import { createHash, randomBytes } from "node:crypto";
import { config } from "../../config.ts";
import { linkToken } from "../../db/download_links.ts";
import { getAnyDownload } from "../../db/downloads.ts";
import { freePort } from "../../db/embedded/ports.ts";
import { createSession } from "../../db/sessions.ts";
import { sql } from "../../db/sql.ts";
import { AppProcess } from "../app_process.ts";
import { makeUser } from "../make.ts";
import { makeToken } from "../program.ts";
import { until } from "../until.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const ZIP = randomBytes(300_000);
/** Requests for static files that go wrong. */
const MISTAKES: [string, Record<string, string>, number][] = [
  ["/static/none.css?v=1", {}, 404],
  ["/static/none.css", {}, 404],
  ["/static/app.css?v=1", { Range: "bytes=9999999-" }, 416],
];

/** Debian's Caddy with the real Caddyfile, in front of the real app. */
async function startEdge() {
  const base = `http://localhost:${freePort()}`;
  const app = await AppProcess.start({
    ROLE: "web",
    BASE_URL: base,
    DATABASE_URL: config.DATABASE_URL!,
    MONGO_URL: config.MONGO_URL!,
    MONGO_DB: database,
    ARCHIVE_DIR: config.ARCHIVE_DIR,
    DATA_DIR: config.DATA_DIR,
    ADMIN_EMAILS: "admin@example.org",
    SECRET_KEY: config.SECRET_KEY!,
    TRUST_PROXY: "true",
    X_ACCEL: "true",
  });
  const caddy = new Deno.Command("caddy", {
    args: ["run", "--config", "Caddyfile", "--adapter", "caddyfile"],
    cwd: ROOT,
    env: {
      BASE_URL: base,
      UPSTREAM: `127.0.0.1:${app.port}`,
      ARCHIVES: config.ARCHIVE_DIR,
      STATIC_ROOT: ROOT,
      CADDY_ADMIN: `127.0.0.1:${freePort()}`,
      XDG_DATA_HOME: config.DATA_DIR,
      XDG_CONFIG_HOME: config.DATA_DIR,
    },
    stdout: "null",
    stderr: "null",
  }).spawn();
  await until(
    () =>
      fetch(`${base}/healthz`).then((r) => r.text()).then(
        (t) => t === "ok",
        () => false,
      ),
    { what: "Caddy answers" },
  );
  async function stop() {
    caddy.kill("SIGTERM");
    await caddy.status;
    await app.stop();
  }
  return { base, stop };
}

/** A finished archive of a user, on the volume. */
async function makeArchive(
  userId: string,
): Promise<{ download: string; archive: string }> {
  const [archive] = await sql<[{ id: string }]>`
    insert into archives (state, parts, file_name, runs_total, size, sha256, finished_at, expires_at)
    values ('ready', '{files}', 'mgkdb-test.zip', 1, ${ZIP.length}, ${
    createHash("sha256").update(ZIP).digest("hex")
  }, now(), now() + interval '1 day') returning id`;
  await Deno.writeFile(`${config.ARCHIVE_DIR}/${archive.id}.zip`, ZIP);
  const [download] = await sql<[{ id: string }]>`
    insert into downloads (user_id, archive_id, label, finished_at) values (${userId}, ${archive.id}, 'One run', now()) returning id`;
  return { download: download.id, archive: archive.id };
}

test("Caddy in front of the app serves pages, static files, archives and events as the app alone would", async (t) => {
  const user = await makeUser();
  const cookie = `sid=${await createSession(sql, user, {
    ip: null,
    userAgent: "test",
  })}`;
  const { download, archive } = await makeArchive(user.id);
  const { base, stop } = await startEdge();
  const get = (
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
  ) =>
    fetch(base + path, {
      method,
      redirect: "manual",
      headers: { Cookie: cookie, ...headers },
    });
  try {
    await t.step(
      "a page is compressed and keeps the app's headers",
      async () => {
        const raw = await new Deno.Command("curl", {
          args: [
            "-s",
            "-D",
            "-",
            "-o",
            "/dev/null",
            "-H",
            "Accept-Encoding: gzip",
            `${base}/`,
          ],
        }).output();
        const head = new TextDecoder().decode(raw.stdout).toLowerCase();
        expect(head).toContain("200");
        expect(head).toContain("content-encoding: gzip");
        expect(head).toContain("content-security-policy: default-src 'self'");
        expect(head).not.toContain("server:");
      },
    );

    await t.step(
      "a versioned static file is Caddy's, and may be kept for ever",
      async () => {
        const href =
          /\/static\/app\.css\?v=\w+/.exec(await (await get("/")).text())![0];
        const css = await get(href);
        expect(css.status).toBe(200);
        expect(css.headers.get("Cache-Control")).toContain("immutable");
        expect(css.headers.get("X-Content-Type-Options")).toBe("nosniff");
        expect(await css.text()).toBe(
          await Deno.readTextFile(`${ROOT}static/app.css`),
        );
        const part = await get("/static/zoom_view.js");
        expect(part.headers.get("Cache-Control")).toBe("public, max-age=300");
        for (const [path, headers, status] of MISTAKES) {
          const answer = await get(path, headers);
          expect([answer.status, answer.headers.get("Cache-Control")])
            .toEqual([status, null]);
        }
      },
    );

    await t.step(
      "an archive comes whole, with length, digest and a name, and never tells where it lies",
      async () => {
        const answer = await get(`/downloads/${download}/archive`);
        expect(answer.status).toBe(200);
        expect(answer.headers.get("Content-Length")).toBe(String(ZIP.length));
        expect(answer.headers.get("Accept-Ranges")).toBe("bytes");
        expect(answer.headers.get("Repr-Digest")).toBe(
          `sha-256=:${createHash("sha256").update(ZIP).digest("base64")}:`,
        );
        expect(answer.headers.get("Content-Disposition")).toContain(
          "mgkdb-test.zip",
        );
        expect(answer.headers.get("X-Accel-Redirect")).toBe(null);
        expect(new Uint8Array(await answer.arrayBuffer())).toEqual(
          new Uint8Array(ZIP),
        );
      },
    );

    await t.step(
      "a program gets the same archive by its token, which opens no page",
      async () => {
        const token = await makeToken(user, "a test");
        const headers = { Authorization: `Bearer ${token}`, Cookie: "" };
        const path = `/api/v1/downloads/${download}/archive`;
        const answer = await get(path, headers);
        expect(answer.headers.get("Content-Length")).toBe(String(ZIP.length));
        expect(new Uint8Array(await answer.arrayBuffer())).toEqual(
          new Uint8Array(ZIP),
        );
        const part = await get(path, { ...headers, Range: "bytes=100-199" });
        expect([part.status, (await part.arrayBuffer()).byteLength])
          .toEqual([206, 100]);
        expect((await get(path)).status).toBe(401);
        expect((await get("/account", headers)).status).toBe(303);
      },
    );

    await t.step("a range, a stale If-Range and HEAD", async () => {
      const path = `/downloads/${download}/archive`;
      const part = await get(path, { Range: "bytes=100-199" });
      expect(part.status).toBe(206);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(
        new Uint8Array(ZIP.subarray(100, 200)),
      );
      const etag = (await get(path, {}, "HEAD")).headers.get("ETag")!;
      expect((await get(path, { Range: "bytes=0-9", "If-Range": etag })).status)
        .toBe(206);
      expect(
        (await get(path, { Range: "bytes=0-9", "If-Range": '"stale"' })).status,
      ).toBe(200);
    });

    await t.step(
      "curl and wget go on with a part of an archive by its signed link",
      async () => {
        await sql`update downloads set link_made_at = date_trunc('milliseconds', now()) where id = ${download}`;
        const link = `${base}/a/${
          linkToken((await getAnyDownload(download))!)
        }`;
        for (
          const [program, ...args] of [
            ["curl", "-sf", "-C", "-", "-o"],
            ["wget", "-q", "-c", "-O"],
          ]
        ) {
          const path = `${config.DATA_DIR}/${program}.zip`;
          await Deno.writeFile(path, ZIP.subarray(0, 100_001));
          const { success } = await new Deno.Command(program!, {
            args: [...args, path, link],
          }).output();
          expect([program, success]).toEqual([program, true]);
          expect(await Deno.readFile(path)).toEqual(new Uint8Array(ZIP));
        }
      },
    );

    await t.step(
      "HEAD has the headers and not one byte after them",
      async () => {
        const { hostname, port, host } = new URL(base);
        const connection = await Deno.connect({ hostname, port: Number(port) });
        const lines = [
          `HEAD /downloads/${download}/archive HTTP/1.1`,
          `Host: ${host}`,
          `Cookie: ${cookie}`,
          "Connection: close",
          "",
          "",
        ];
        await connection.write(new TextEncoder().encode(lines.join("\r\n")));
        const answer = await new Response(connection.readable).text();
        expect(answer).toContain(`Content-Length: ${ZIP.length}`);
        expect(answer.endsWith("\r\n\r\n")).toBe(true);
      },
    );

    await t.step(
      "nobody else gets it, and the volume has no address",
      async () => {
        const other = `sid=${await createSession(sql, await makeUser(), {
          ip: null,
          userAgent: "test",
        })}`;
        expect(
          (await get(`/downloads/${download}/archive`, { Cookie: other }))
            .status,
        ).toBe(404);
        expect((await get(`/${archive}.zip`)).status).toBe(404);
        expect(
          (await get(`/downloads/${download}/archive`, {
            Cookie: "",
            "X-Accel-Redirect": `/${archive}.zip`,
          })).status,
        ).toBe(303);
      },
    );

    await t.step("events arrive unbuffered", async () => {
      const started = Date.now();
      const events = await get("/downloads/events", {
        Accept: "text/event-stream",
        "Accept-Encoding": "gzip",
      });
      expect(events.headers.get("Content-Type")).toContain("text/event-stream");
      const first = await events.body!.getReader().read();
      expect(new TextDecoder().decode(first.value)).toContain("data:");
      expect(Date.now() - started).toBeLessThan(2000);
    });

    await t.step(
      "the client's address is Caddy's word, whatever the client claims",
      async () => {
        const form = new URLSearchParams({
          email: "nobody@example.org",
          password: "wrong password entirely",
        });
        const sent = await fetch(`${base}/login`, {
          method: "POST",
          body: form,
          redirect: "manual",
          headers: {
            Origin: base,
            "Sec-Fetch-Site": "same-origin",
            "X-Real-IP": "203.0.113.9",
          },
        });
        expect(sent.status).toBe(422);
        const lines = await sql<
          { ip: string }[]
        >`select ip from audit_log where action like 'log%' order by id desc limit 1`;
        expect(lines[0]!.ip).not.toContain("203.0.113");
      },
    );

    await t.step("metrics stay inside", async () => {
      expect((await get("/metrics")).status).toBe(404);
    });
  } finally {
    await stop();
  }
});
