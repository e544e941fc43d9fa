/** Programs that tests drive, and the Debian packages they come from. */
const TOOLS: Record<string, string> = {
  chromium: "chromium",
  caddy: "caddy",
  "docker-compose": "docker-compose",
  unzip: "unzip",
  python3: "python3",
};

/**
 * Installs what is missing with apt-get where this is root on a Debian system.
 *
 * @throws {Error} that names the programs to install where that is not possible.
 */
export async function ensureTools(): Promise<void> {
  const missing = Object.keys(TOOLS).filter((tool) => !onPath(tool));
  if (missing.length === 0) return;
  const packages = missing.map((tool) => TOOLS[tool]!);
  if (Deno.uid() !== 0 || !onPath("apt-get")) {
    throw new Error(
      `The tests need ${
        missing.join(", ")
      } on the PATH; on Debian: apt-get install ${packages.join(" ")}`,
    );
  }
  console.log(`Installing ${packages.join(", ")} for the tests`);
  await run("apt-get", ["update", "-qq"]);
  await run("apt-get", [
    "install",
    "-y",
    "-qq",
    "--no-install-recommends",
    "fonts-dejavu-core",
    ...packages,
  ]);
}

function onPath(program: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}

async function run(program: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    env: { DEBIAN_FRONTEND: "noninteractive" },
  }).output();
  if (!success) {
    throw new Error(
      `${program} ${args.join(" ")} failed: ${
        new TextDecoder().decode(stderr).trim().split("\n").at(-1)
      }`,
    );
  }
}
