import type postgres from "postgres";

/** What of a query of postgres.js this needs; its type leaves these out. */
interface DriverQuery {
  handle(): Promise<void>;
  resolve(result: unknown): void;
  cursorFn: ((rows: unknown) => unknown) | null;
}

const mended = new WeakSet<(rows: never) => unknown>();

/**
 * Takes the holes out of results, for every query of this process, since its queries have one class.
 *
 * postgres.js 3.4.9 counts the rows of a connection and sets the count back only where a statement ends well. One that fails after its
 * first rows (a division by zero, the statement timeout) leaves the count standing, and the next result on that connection begins
 * with as many holes (its issues 1119 and 1181). Several statements in one text stay as they are: only migrations send those.
 */
export function mendResults(client: postgres.Sql): void {
  // A query that nobody waits for is never sent.
  const prototype: DriverQuery = Object.getPrototypeOf(client`select`);
  const { handle } = prototype;
  // Called again for each batch of a cursor, which has set new functions by then.
  prototype.handle = function (this: DriverQuery) {
    this.resolve = withoutHoles(this.resolve);
    if (this.cursorFn) this.cursorFn = withoutHoles(this.cursorFn);
    return handle.call(this);
  };
}

function withoutHoles<T>(take: (rows: unknown) => T): (rows: unknown) => T {
  if (mended.has(take)) return take;
  const mend = (rows: unknown) => {
    if (Array.isArray(rows) && rows.length > 0 && !(0 in rows)) {
      const first = rows.findIndex((_, k) => k in rows);
      rows.splice(0, first < 0 ? rows.length : first);
    }
    return take(rows);
  };
  mended.add(mend);
  return mend;
}
