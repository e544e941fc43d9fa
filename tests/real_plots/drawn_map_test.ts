/** The map of a real run's snapshots, read off its labels and its legend, against numbers worked out from the pickle. */
import "../setup.ts";
import { expect } from "expect";
import { axesOf } from "../components/plots/read_drawing.ts";
import { GENE_NONLINEAR } from "./documents.ts";
import { type Cell, realTest, researcher, runOf } from "./real_catalogue.ts";

realTest(
  "a map's cells stand at their wavenumbers, in the shade that the legend gives their value",
  async ({ runs }) => {
    const name = "diagnostic-field-mom-snapshots";
    const rows = runs[GENE_NONLINEAR]![name] as Cell[][];
    const response = await researcher.get(
      `/runs/${runOf(GENE_NONLINEAR)}/plots/${name}`,
    );
    const [figure] = (await response.text()).match(
      /<figure class="plot"(?:(?!<\/figure>).)*over kx and ky<\/title>.*?<\/figure>/s,
    )!;
    const axes = axesOf(figure);
    const shades = new Map(
      [...figure.matchAll(
        /fill-opacity="([\d.]+)" width[^>]*>.*?<\/svg>([^<]*)</gs,
      )]
        .map((
          [, opacity, words],
        ) => [opacity!, words!.split(" to ").map(Number)]),
    );
    // Rows of the map have kx as their place and stand by ky for each kx.
    const values = rows.filter(([quantity, along]) =>
      quantity === "|phi|²" && along === "kx and ky"
    );
    const ky = rows.filter(([quantity, along]) =>
      quantity === "|phi|²" && along === "ky"
    ).map((r) => Number(r[2]));
    const [dx, dy] = [
      Number(values[ky.length]![2]) - Number(values[0]![2]),
      ky[1]! - ky[0]!,
    ];
    let cells = 0;
    for (
      const [, opacity, d] of figure.matchAll(
        /fill-opacity="([\d.]+)" d="([^"]*)"/g,
      )
    ) {
      const [from, to] = shades.get(opacity!)! as [number, number];
      for (
        const [, x0, y0, x1, y1] of d!.matchAll(
          /M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)H/g,
        )
      ) {
        const own = values.flatMap(([, , kx, v], k) => {
          const [x, y] = [Number(kx), ky[k % ky.length]!];
          const off = [
            Number(x0) - axes.x.at(x - dx / 2),
            Number(x1) - axes.x.at(x + dx / 2),
            Number(y0) - axes.y.at(y - dy / 2),
            Number(y1) - axes.y.at(y + dy / 2),
          ];
          return off.every((o) => Math.abs(o) < 0.3) ? [Number(v)] : [];
        });
        expect(own).toHaveLength(1);
        // The legend has three digits.
        expect(own[0]).toBeGreaterThanOrEqual(from * 0.994);
        expect(own[0]).toBeLessThanOrEqual(to * 1.006);
        cells++;
      }
    }
    // 24 kx and 4 ky; the squares that are zero are left blank.
    expect(cells).toBe(values.filter((v) => Number(v[3]) > 0).length);
    expect(values).toHaveLength(24 * 4);
  },
);
