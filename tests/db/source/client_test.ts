import { test } from "../../setup.ts";
import { expect } from "expect";
import { config } from "../../../config.ts";
import {
  closeSource,
  fromSource,
  source,
  sourceReachable,
  SourceUnavailable,
} from "../../../db/source/client.ts";

const url = config.MONGO_URL;
const nowhere = "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=100";

Deno.test.beforeEach(closeSource);
Deno.test.afterAll(closeSource);

test("source() connects again by itself after a first connection that failed", async () => {
  config.MONGO_URL = nowhere;
  await expect(source()).rejects.toThrow(SourceUnavailable);
  expect(await sourceReachable()).toBe(false);
  config.MONGO_URL = url;
  expect(await sourceReachable()).toBe(true);
});

test("source() refuses at once after three failures", async () => {
  config.MONGO_URL = nowhere;
  for (let n = 0; n < 3; n++) {
    await expect(source()).rejects.toThrow("cannot be reached");
  }
  config.MONGO_URL = url;
  const start = performance.now();
  await expect(source()).rejects.toThrow("a moment ago");
  expect(performance.now() - start).toBeLessThan(1000);
});

test("source() names the setting that is missing", async () => {
  config.MONGO_URL = undefined;
  await expect(source()).rejects.toThrow("MONGO_URL is not set");
  config.MONGO_URL = url;
});

test("fromSource() passes on what a read throws while the server answers, after one more try", async () => {
  config.MONGO_URL = url;
  let tries = 0;
  const read = () => {
    tries++;
    return Promise.reject(new Error("my own"));
  };
  await expect(fromSource(read)).rejects.toThrow("my own");
  expect(tries).toBe(2);
  expect(await fromSource(() => Promise.resolve(5))).toBe(5);
});
