import { freePort } from "../db/embedded/ports.ts";
import { until } from "./until.ts";

const READY_MS = 60_000;

/** The app as its own process, as an operator starts it with every service given. */
export class AppProcess {
  #child: Deno.ChildProcess;
  readonly port: number;
  readonly base: string;
  readonly env: Record<string, string>;
  readonly #main: string;

  private constructor(
    port: number,
    env: Record<string, string>,
    main: string,
  ) {
    this.port = port;
    this.#main = main;
    this.base = env.BASE_URL ?? `http://localhost:${port}`;
    this.env = { ...env, PORT: String(port), BASE_URL: this.base };
    this.#child = this.#spawn();
  }

  /** Starts it and waits until it is ready. */
  static async start(
    env: Record<string, string>,
    main = new URL("../main.ts", import.meta.url),
  ): Promise<AppProcess> {
    const app = new AppProcess(freePort(), env, main.pathname);
    await app.#ready();
    return app;
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }

  /** Starts it again after {@linkcode kill}. */
  async restart(): Promise<void> {
    this.#child = this.#spawn();
    await this.#ready();
  }

  /** Ends it in good order. */
  async stop(): Promise<number> {
    this.#child.kill("SIGTERM");
    return (await this.#child.status).code;
  }

  #spawn(): Deno.ChildProcess {
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", this.#main],
      env: this.env,
      stdout: "null",
      stderr: "inherit",
    }).spawn();
  }

  async #ready(): Promise<void> {
    let ended = false;
    this.#child.status.then(() => ended = true);
    await until(async () => {
      if (ended) throw new Error("The app ended instead of getting ready");
      const response = await fetch(`http://127.0.0.1:${this.port}/readyz`)
        .catch(() => null);
      await response?.body?.cancel();
      return response?.ok;
    }, { what: "the app is ready", ms: READY_MS });
  }
}
