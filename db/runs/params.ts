import { z } from "zod";

/** What a query string holds: one value per name, or several. */
export const RawParams = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string())]),
);

/**
 * Reads a query string name by name; each read is checked and each problem is reported with the name.
 *
 * Empty values count as absent, since plain forms send every field.
 */
export class Params {
  #values = new Map<string, string[]>();
  #ctx: z.RefinementCtx;

  constructor(raw: z.infer<typeof RawParams>, ctx: z.RefinementCtx) {
    this.#ctx = ctx;
    for (const [name, value] of Object.entries(raw)) {
      this.#values.set(name, [value].flat().filter((v) => v !== ""));
    }
  }

  /** The one value of a name; null when it is absent or wrong. */
  one<T>(name: string, schema: z.ZodType<T>): T | null {
    const values = this.#take(name);
    if (values.length > 1) this.refuse(name, "is given more than once");
    return values[0] === undefined
      ? null
      : this.#check(name, values[0], schema);
  }

  /** All values of a name, each once and in order. */
  list<T>(name: string, schema: z.ZodType<T>): T[] {
    const values = [...new Set(this.#take(name))].sort();
    return values.map((v) => this.#check(name, v, schema)).filter((v) =>
      v !== null
    );
  }

  /** Reports a problem of a name. */
  refuse(name: string, message: string): void {
    this.#ctx.addIssue({ code: "custom", path: [name], message });
  }

  /** Reports every name that nothing has asked for. */
  refuseRest(): void {
    const keys = [...this.#values.keys()];
    if (keys.length === 0) return;
    this.#ctx.addIssue({ code: "unrecognized_keys", keys, input: undefined });
  }

  #take(name: string): string[] {
    const values = this.#values.get(name) ?? [];
    this.#values.delete(name);
    return values;
  }

  #check<T>(name: string, value: string, schema: z.ZodType<T>): T | null {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    this.refuse(name, parsed.error.issues[0]!.message);
    return null;
  }
}
