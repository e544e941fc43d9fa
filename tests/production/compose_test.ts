import { expect } from "expect";

interface Service {
  profiles?: string[];
  volumes?: string[];
  healthcheck?: unknown;
  deploy?: { replicas: number };
  ports?: unknown[];
}

/** compose.yaml as Debian's docker-compose understands it, read by the YAML parser it comes with. */
async function composed(): Promise<
  { services: Record<string, Service>; volumes: Record<string, unknown> }
> {
  const parse =
    "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
  const { success, stdout, stderr } = await new Deno.Command("sh", {
    args: [
      "-ec",
      `docker-compose --profile demo --profile tunnel -f compose.yaml config | /usr/bin/python3 -c "${parse}"`,
    ],
    cwd: new URL("../../", import.meta.url),
    env: { WORKERS: "3" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success || !text) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

const { services, volumes } = await composed();

function namesOf(profile: string | null): string[] {
  return Object.entries(services).filter(([, s]) =>
    profile ? s.profiles?.includes(profile) : !s.profiles
  ).map(([name]) => name).sort();
}

Deno.test("compose.yaml parses; the plain site is Caddy, web, worker and Postgres, and the secrets they share", () => {
  expect(namesOf(null)).toEqual([
    "caddy",
    "postgres",
    "secrets",
    "web",
    "worker",
  ]);
  expect(Object.keys(volumes)).toContain("archives");
  expect(services.worker!.deploy!.replicas).toBe(3);
  for (const name of ["caddy", "web", "postgres"]) {
    expect([name, !!services[name]!.healthcheck]).toEqual([name, true]);
  }
});

Deno.test("compose.yaml's profiles add the demo's services and the tunnel", () => {
  expect(namesOf("demo")).toEqual(["demo-runs", "mailpit", "mongo"]);
  expect(namesOf("tunnel")).toEqual(["tunnel"]);
});

Deno.test("compose.yaml lets only the worker write archives, and only Caddy be reached from outside", () => {
  const archives = namesOf(null).flatMap((name) =>
    (services[name]!.volumes ?? []).filter((v) => v.startsWith("archives:"))
      .map((v) => [name, v.endsWith(":ro") ? "ro" : "rw"])
  );
  expect(Object.fromEntries(archives)).toEqual({
    caddy: "ro",
    web: "ro",
    worker: "rw",
  });
  expect(namesOf(null).filter((name) => services[name]!.ports)).toEqual([
    "caddy",
  ]);
});
