import type { Context } from "hono";
import type { z } from "zod";

/** The fields of a posted form as text; of a repeated name the last one, of a file nothing. */
export async function formOf(c: Context): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((field): field is [string, string] =>
      typeof field[1] === "string"
    ),
  );
}

/** The first sentence for each wrong field. */
export function errorsOf(error: z.core.$ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.issues) {
    errors[path.join(".")] ??= message;
  }
  return errors;
}
