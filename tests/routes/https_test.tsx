import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { mailedPath, PASSWORD, registerAs } from "../story.ts";
import { Browser } from "../make.ts";

// Read when the routes are loaded, which the first request does.
Object.assign(config, {
  BASE_URL: "https://mgkdb.example.org",
  HTTPS: true,
  LOCAL: false,
});

test("behind https cookies are Secure and bound to the host, and HSTS is on", async () => {
  await registerAs("ada@example.org");
  const browser = await Browser.of(null);
  const answer = await browser.post("/login", {
    email: "ada@example.org",
    password: PASSWORD,
  });
  const cookies = answer.headers.getSetCookie();
  expect(cookies.map((c) => c.split("=")[0]).sort()).toEqual([
    "__Host-device",
    "__Host-sid",
  ]);
  for (const cookie of cookies) {
    expect(cookie).toContain("Secure");
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("Path=/");
    expect(cookie).not.toContain("Domain");
  }
  expect(answer.headers.get("Strict-Transport-Security")).toContain(
    "max-age=63072000",
  );
  expect((await browser.get("/account")).status).toBe(200);
});

test("links in mails begin with BASE_URL, whatever host the request named", async () => {
  const visitor = await Browser.of(null);
  await visitor.post("/reset", { email: "ada@example.org" }, {
    Host: "evil.example",
    "X-Forwarded-Host": "evil.example",
  });
  expect(
    await mailedPath("ada@example.org", "https://mgkdb.example.org/reset/"),
  )
    .toMatch(/^\/reset\//);
});

test("/dev/mail is not there", async () => {
  expect((await (await Browser.of(null)).get("/dev/mail")).status).toBe(404);
});
