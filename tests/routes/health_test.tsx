import { test } from "../setup.ts";
import { expect } from "expect";
import { Browser } from "../make.ts";

test("/healthz, /readyz and /metrics answer without a log-in", async () => {
  const monitor = await Browser.of(null);
  expect(await (await monitor.get("/healthz")).text()).toBe("ok");
  const ready = await monitor.get("/readyz");
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ postgres: true, source: true });
  const metrics = await monitor.get("/metrics");
  expect(metrics.headers.get("Content-Type")).toContain("text/plain");
  expect(await metrics.text()).toMatch(
    /^# TYPE mgkdb_runs gauge\nmgkdb_runs 0$/m,
  );
});
