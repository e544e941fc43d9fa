import { test } from "../../setup.ts";
import { expect } from "expect";
import { config } from "../../../config.ts";
import { app } from "../../../routes/app.tsx";
import { RESOURCES } from "../../../routes/api/resources.ts";
import { Browser, makeUser } from "../../make.ts";
import { makeRun } from "../../make_run.ts";

for (let n = 0; n < 130; n++) {
  await makeRun({ code: "GENE", ky: 0.3, gamma: 0.01 * n });
}

test("GET /api is open to all, lists every address, and is linked from where people look for it", async () => {
  const visitor = await Browser.of(null);
  const html = await (await visitor.get("/api")).text();
  for (const { path, summary } of RESOURCES) {
    expect(html).toContain(path);
    expect(html).toContain(summary);
  }
  for (const words of ["1,200", "30 times", "/account#tokens"]) {
    expect(html).toContain(words);
  }
  for (const from of ["/getting-started", "/about"]) {
    expect(await (await visitor.get(from)).text()).toContain('href="/api"');
  }
});

test("what /api and the page of a new token tell to type works as it stands", async () => {
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const home = await Deno.makeTempDir();
  const site = config.BASE_URL;
  try {
    const browser = await Browser.of(await makeUser());
    config.BASE_URL = `http://localhost:${server.addr.port}`;
    const form = { name: "laptop", days: "30" };
    const made = await (await browser.post("/account/tokens", form)).text();
    const page = await (await browser.get("/api")).text();
    const run = (program: string, text: string) =>
      runScript(program, text, { home, cwd: home });

    const first = JSON.parse(await run("bash", codeOf(made, "new-token-curl")));
    expect([first.total, first.runs.length]).toEqual([130, 25]);
    const info = await Deno.stat(`${home}/.mgkdb_token`);
    expect(info.mode! & 0o777).toBe(0o600);

    await run("bash", codeOf(page, "code-curl"));
    const csv = await Deno.readTextFile(`${home}/runs.csv`);
    // gamma = 0, 0.01 ... 1.29; of them 120 are at least 0.1, and one line has the names.
    expect(csv.trim().split("\r\n").length).toBe(121);

    const lines = (await run("python3", codeOf(page, "code-python")))
      .trim().split("\n");
    expect(lines[0]).toBe("120 of 120 runs");
    expect(lines[1]).toMatch(/^\d+ GENE 0\.3 1\.29$/);
    expect(lines.length).toBe(6);
  } finally {
    config.BASE_URL = site;
    await Deno.remove(home, { recursive: true });
    await server.shutdown();
  }
});

/** The text of a piece of code on a page. */
function codeOf(html: string, id: string): string {
  const text = html.split(`<code id="${id}">`)[1]!.split("</code>")[0]!;
  return text.replaceAll("&quot;", '"').replaceAll("&#39;", "'")
    .replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}

/** What a script prints; it must end well. */
async function runScript(
  program: string,
  text: string,
  { home, cwd }: { home: string; cwd: string },
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: ["-c", text],
    env: { HOME: home },
    cwd,
  }).output();
  const said = new TextDecoder();
  if (!success) throw new Error(said.decode(stderr));
  return said.decode(stdout);
}
