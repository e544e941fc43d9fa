/** Migrates the database named by DATABASE_URL; tests/run.ts uses it once for the template that test files clone. */
import { migrate } from "../db/migrate.ts";
import { sql } from "../db/sql.ts";

await migrate();
await sql.end();
