import { expect } from "expect";
import { missingSettings, readConfig } from "../config.ts";

const SECRET = "q7Jx0v9Zt3mWc5Rk1yPd8hLs2nBf6gTa";

Deno.test("readConfig() gives the defaults of the contract", () => {
  const c = readConfig({});
  expect(c).toMatchObject({
    PORT: 8000,
    HOST: "127.0.0.1",
    BASE_URL: "http://localhost:8000",
    ROLE: "all",
    MONGO_DB: "mgk_fusion",
    DATA_DIR: "data",
  });
  expect(c).toMatchObject({
    ARCHIVE_DIR: "data/archives",
    ARCHIVE_TTL_HOURS: 72,
    WORKER_ARCHIVES: 2,
    SYNC_MINUTES: 5,
    TRUST_PROXY: false,
    X_ACCEL: false,
    HTTPS: false,
  });
});

Deno.test("readConfig() names every wrong setting and its limit", () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ PORT: "70000" }, /PORT .*65535/],
    [{ ROLE: "boss" }, /ROLE must be all, web or worker/],
    [{ BASE_URL: "https://x.org/path" }, /BASE_URL must be an origin/],
    [{ DATABASE_URL: "mysql://x" }, /DATABASE_URL must start with postgres/],
    [{ SECRET_KEY: "short" }, /SECRET_KEY must have at least 32 bytes/],
    [
      { SECRET_KEY: "change-me-change-me-change-me-change-me" },
      /SECRET_KEY looks like a sample/,
    ],
    [{ ADMIN_EMAILS: "nobody" }, /ADMIN_EMAILS.*e-mail addresses/],
    [{ TRUST_PROXY: "yes" }, /TRUST_PROXY must be true or false/],
    [{ SYNC_MINUTES: "0" }, /SYNC_MINUTES/],
  ];
  for (const [env, words] of wrong) {
    expect(() => readConfig(env)).toThrow(words);
  }
});

Deno.test("readConfig() reads a secret from the file that NAME_FILE names", () => {
  const file = Deno.makeTempFileSync();
  Deno.writeTextFileSync(file, `${SECRET}\n`);
  expect(readConfig({ SECRET_KEY_FILE: file }).SECRET_KEY).toBe(SECRET);
  Deno.removeSync(file);
  expect(() => readConfig({ SECRET_KEY_FILE: file })).toThrow(
    /SECRET_KEY_FILE names a file that cannot be read/,
  );
});

Deno.test("readConfig() takes an empty value for an absent one", () => {
  const c = readConfig({ PORT: "", SMTP_URL: "" });
  expect([c.PORT, c.SMTP_URL]).toEqual([8000, undefined]);
});

Deno.test("missingSettings() asks for what a real deployment needs", () => {
  const real = readConfig({ BASE_URL: "https://mgkdb.example.org" });
  expect(missingSettings(real).map((s) => s.split(" ")[0])).toEqual([
    "ADMIN_EMAILS",
    "SECRET_KEY",
    "SMTP_URL",
  ]);
  expect(
    missingSettings(
      readConfig({
        ADMIN_EMAILS: "a@example.org, B@example.org",
        SECRET_KEY: SECRET,
      }),
    ),
  ).toEqual([]);
});

Deno.test("readConfig() takes a site for this machine's own only by both its address and where it listens", () => {
  const cases: [Record<string, string>, boolean][] = [
    [{}, true],
    [{ HOST: "::1", BASE_URL: "http://[::1]:8000" }, true],
    [{ HOST: "localhost", BASE_URL: "http://127.0.0.1:8000" }, true],
    [{ HOST: "0.0.0.0" }, false],
    [{ HOST: "::" }, false],
    [{ HOST: "192.0.2.7", BASE_URL: "http://localhost" }, false],
    [{ BASE_URL: "https://mgkdb.example.org" }, false],
    [{ BASE_URL: "http://127.0.0.1.example.org" }, false],
  ];
  for (const [env, local] of cases) {
    expect([env, readConfig(env).LOCAL]).toEqual([env, local]);
  }
});

Deno.test("a container without SMTP_URL does not start, and names the settings", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "main.ts"],
    cwd: new URL("../", import.meta.url),
    clearEnv: true,
    env: {
      HOME: Deno.env.get("HOME") ?? "/",
      // As the image and compose.yaml set them.
      HOST: "0.0.0.0",
      BASE_URL: "http://localhost",
      DATABASE_URL: "postgres://127.0.0.1:1/none",
      MONGO_URL: "mongodb://127.0.0.1:1",
      ADMIN_EMAILS: "admin@example.org",
      SECRET_KEY: SECRET,
    },
  }).output();
  const words = new TextDecoder().decode(stderr);
  expect(code).toBe(2);
  expect(words).toMatch(
    /^SMTP_URL is needed: .*BASE_URL .* HOST .*http:\/\/localhost and 0\.0\.0\.0\)$/m,
  );
});
