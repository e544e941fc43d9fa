import { config } from "./config.ts";

// With every service given, this process serves. Otherwise it starts the embedded ones and runs itself again with their addresses.
const watch = Deno.args.includes("--watch");
if (config.DATABASE_URL && config.MONGO_URL && !watch) {
  const { serve } = await import("./serve.ts");
  await serve();
} else {
  const { launch } = await import("./db/embedded/launch.ts");
  await launch({ watch });
}
