/** `deno task admin EMAIL`: makes an account admin, in the database of DATABASE_URL or of the embedded Postgres that runs on DATA_DIR. */
import { config } from "../../config.ts";
import { readServices } from "./services_file.ts";

const [email, ...rest] = Deno.args;
if (!email || rest.length > 0) {
  end("Name one account: deno task admin EMAIL");
}
const url = config.DATABASE_URL ??
  (await readServices(config.DATA_DIR))?.databaseUrl;
if (!url) {
  end(
    "No database: set DATABASE_URL, or start the site first (deno task dev)",
  );
}
config.DATABASE_URL = url;
const { makeAdmin } = await import("../admins.ts");
const made = await makeAdmin(email).catch((error) =>
  end(`The database cannot be used: ${error.message || error.code}`)
);
if (!made) {
  end(`There is no account with the address ${email}: register it first`);
}
console.log(`${email} is an admin now and has to log in again`);
Deno.exit(0);

function end(sentence: string): never {
  console.error(sentence);
  Deno.exit(1);
}
