/** Colours of the looks on white paper; the same as in app.css. */
const COLOURS = [
  "#0b62a4",
  "#b3460d",
  "#1f7a3d",
  "#7a3fa0",
  "#8a6d00",
  "#b0005e",
  "#00707a",
  "#4f5b6b",
];
const INK = "#1d2430";
const BAD = "#b3261e";

/** What the stylesheet does for each class, as presentation attributes. */
const ATTRIBUTES: Record<string, string> = {
  axis: `stroke="${INK}"`,
  gridline: `stroke="#dde1e8"`,
  published: `stroke="#59626f"`,
  zero: `stroke="#59626f"`,
  band: `fill="#0b62a4" fill-opacity="0.08"`,
  line: `fill="none" stroke="currentColor"`,
  marker: `fill="currentColor"`,
  "marker open": `fill="#ffffff" stroke="currentColor" stroke-width="1.5"`,
  "marker warning": `fill="#ffffff" stroke="${BAD}" stroke-width="1.5"`,
  cross: `fill="none" stroke="${INK}" stroke-width="1.5"`,
  "bar-shape": `fill="currentColor" fill-opacity="0.3" stroke="currentColor"`,
};

/**
 * Markup of our own plots with presentation attributes in place of classes, so that it is drawn right without the stylesheet.
 *
 * Text and attributes are escaped, so that `class="` stands only where a class does.
 */
export function inked(svg: string): string {
  return svg.replaceAll(/ class="([^"]*)"/g, (_, names: string) => {
    const look = /(?:^| )s([0-7])(?: |$)/.exec(names)?.[1];
    if (look) {
      const fill = /^marker /.test(names) ? ` ${ATTRIBUTES.marker}` : "";
      return ` color="${COLOURS[Number(look)]}"${fill}`;
    }
    const attributes = ATTRIBUTES[names];
    return attributes ? ` ${attributes}` : "";
  });
}
