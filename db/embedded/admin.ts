/** `deno task admin EMAIL`: makes an account admin, in the database of DATABASE_URL or in the embedded one of DATA_DIR. */
import { withServices } from "./with_services.ts";

const [email, ...rest] = Deno.args;
try {
  if (!email || rest.length > 0) {
    throw new Error("Name one account: deno task admin EMAIL");
  }
  await withServices(async () => {
    const { makeAdmin } = await import("../admins.ts");
    if (!await makeAdmin(email)) {
      throw new Error(
        `There is no account with the address ${email}: register it first`,
      );
    }
  });
  console.log(`${email} is an admin now and has to log in again`);
  Deno.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
