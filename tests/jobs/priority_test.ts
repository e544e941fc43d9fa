import { expect } from "expect";
import { getPriority } from "node:os";

Deno.test({
  name: "letOthersGoFirst() is about one thread, not about its process",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const before = getPriority();
    const url = new URL("nice_thread.ts", import.meta.url);
    const thread = new Worker(url, { type: "module" });
    const nice = await new Promise((done) =>
      thread.onmessage = ({ data }) => done(data)
    );
    thread.terminate();
    expect(nice).toBe(Math.max(before, 10));
    expect(getPriority()).toBe(before);
  },
});
