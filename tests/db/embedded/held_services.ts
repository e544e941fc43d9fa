/** Starts hold_services.ts of a project folder as a process to be killed, and returns when both its services run. */
export async function holdServices(
  dataDir: string,
  root = new URL("../../../", import.meta.url).pathname,
): Promise<{ launcher: Deno.ChildProcess; pids: number[] }> {
  const launcher = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check"],
      `${root}tests/db/embedded/hold_services.ts`,
      dataDir,
    ],
    cwd: root,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  return { launcher, pids: await firstLine(launcher.stdout) };
}

async function firstLine(from: ReadableStream<Uint8Array>): Promise<number[]> {
  const reader = from.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return JSON.parse(text);
}
