import { about, count, plural } from "./format.ts";
import { symbol } from "../physics/symbol.ts";
import type { ResultsProps } from "./runs.tsx";
import { ColumnPicker } from "./runs_picker.tsx";
import { Sym } from "./symbol.tsx";

/** The switch from a row for each run to a row for each spectrum. */
export function Collapse({ href, isOn }: { href: string; isOn: boolean }) {
  return (
    <a id="collapse" href={href} hx-get={href} hx-target="#results">
      {isOn ? "One row per run" : "One row per spectrum"}
    </a>
  );
}

/** What a table with mixed units means. */
export function AboutUnits() {
  return (
    <p class="hint">
      A unit beside a value: <Sym parts={symbol("a/R_0")} />{" "}
      of that run is not known, so it stays as stored. Rows are sorted, and
      exported, by the stored values.
    </p>
  );
}

/** How many rows a search has, in words. */
export function rowsIn({ total, estimated, spectra }: ResultsProps): string {
  if (spectra) return plural(total, "spectrum", "spectra");
  return estimated ? `about ${about(total)} runs` : plural(total, "run");
}

/** What can be done with the whole result. */
export function Foot(props: ResultsProps) {
  const { total, sizes, picker, csvHref, jsonHref, exploreHref, downloadHref } =
    props;
  return (
    <div class="toolbar">
      <Sizes sizes={sizes} />
      <ColumnPicker {...picker} />
      {total > 0 && (
        <p>
          Export all {rowsIn(props)}: <a href={csvHref} download>CSV</a>,{" "}
          <a href={jsonHref}>JSON</a>, <a href={exploreHref}>as a plot</a>
        </p>
      )}
      {total > 0 && downloadHref !== null && (
        <p>
          <a class="button" href={downloadHref}>{downloadLabel(props)}</a>
        </p>
      )}
    </div>
  );
}

function downloadLabel({ total, estimated, spectra }: ResultsProps): string {
  if (spectra) return "Download all their runs";
  if (total === 1) return "Download this run";
  return `Download these ${estimated ? about(total) : count(total)} runs`;
}

function Sizes({ sizes }: Pick<ResultsProps, "sizes">) {
  return (
    <p class="sizes">
      Rows a page:
      {sizes.map(({ size, href, selected }) => (
        <a
          id={`size-${size}`}
          href={href}
          hx-get={href}
          hx-target="#results"
          aria-current={selected ? "true" : undefined}
        >
          {size}
        </a>
      ))}
    </p>
  );
}
