import { z } from "zod";
import { RawParams } from "./params.ts";
import { RunQuery } from "./query.ts";

/**
 * The query string of a page that draws the runs of a search: the parameters of `view`, and those of /runs as `query`. Empty values count as
 * absent, since forms send every field; every wrong name or value of both is reported. Such pages draw runs: a search for spectra is one for
 * their runs.
 */
export function viewQuery<View extends z.ZodObject>(view: View) {
  return RawParams.transform(
    (raw, ctx): z.output<View> & { query: RunQuery } => {
      const own = Object.entries(raw).filter(([name]) =>
        Object.hasOwn(view.shape, name)
      );
      const rest = Object.entries(raw).filter(([name]) =>
        !Object.hasOwn(view.shape, name)
      );
      const seen = view.safeParse(
        Object.fromEntries(own.filter(([, value]) => value !== "")),
      );
      const query = RunQuery.safeParse(Object.fromEntries(rest));
      for (const { error } of [seen, query]) {
        for (const issue of error?.issues ?? []) {
          ctx.addIssue({ ...issue, input: undefined } as never);
        }
      }
      if (!seen.success || !query.success) return z.NEVER;
      return { ...seen.data, query: { ...query.data, collapse: false } };
    },
  );
}
