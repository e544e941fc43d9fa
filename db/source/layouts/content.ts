import { blankSimulation } from "../../../physics/blank.ts";
import type { Maybe, Simulation } from "../../../physics/simulation.ts";

/** What a layout reads from the physics content; the rest of a simulation comes from the envelope around it. */
export type Content = Omit<Simulation, "source" | "tags" | "files" | "plots">;

/** Poloidal turns from the span of the angle: the stored number means another thing in each code (schema.md 0.2). */
export function turns(angle: Maybe[]): Maybe {
  const known = angle.filter((a) => a !== null);
  if (known.length < 2) return null;
  return Math.max(
    1,
    Math.round((Math.max(...known) - Math.min(...known)) / (2 * Math.PI)),
  );
}

/** A document without physics content: a run with nothing but its tags and files. */
export function noContent(): Content {
  const { source: _s, tags: _t, files: _f, plots: _p, ...content } =
    blankSimulation();
  return content;
}
