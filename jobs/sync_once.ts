/** `deno task sync`: one look at the source for new and vanished runs, beside the site or without it. */
import { withServices } from "../db/embedded/with_services.ts";

try {
  await withServices(async () => {
    const { migrate } = await import("../db/migrate.ts");
    const { syncCatalogue } = await import("./sync_catalogue.ts");
    const { listPasses } = await import("../db/sync_passes.ts");
    await migrate();
    await syncCatalogue({ pass: "new" });
    const [pass] = await listPasses(1);
    if (pass) {
      const { seen, added, changed, removed, unreadable } = pass;
      console.log(
        `${seen} documents in the source: ${added} added, ${changed} changed, ${removed} removed, ${unreadable} unreadable`,
      );
    }
  });
  Deno.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
