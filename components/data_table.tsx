import type { Child } from "hono/jsx";

/** The head of one column. */
export interface DataHead {
  label: Child;
  /** Right-aligned, as its cells have to be. */
  numeric?: boolean;
  title?: string;
}

/** A dense table that scrolls by itself, by keyboard too. `children` are its rows. */
export function DataTable(
  { label, heads, tall, children }: {
    /** What the table holds, for screen readers. */
    label: string;
    heads: DataHead[];
    /** May be longer than the window: then it scrolls in place, its heads in sight. */
    tall?: boolean;
    children: Child;
  },
) {
  return (
    <div
      class={tall ? "scroll tall" : "scroll"}
      tabindex={0}
      role="region"
      aria-label={label}
    >
      <table class="dense">
        <thead>
          <tr>
            {heads.map((head) => (
              <th
                scope="col"
                class={head.numeric ? "num" : undefined}
                title={head.title}
              >
                {head.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
