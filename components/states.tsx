import type { Child } from "hono/jsx";

/** How a state looks; the word beside the colour says what it is. */
export type Tone = "good" | "busy" | "warn" | "bad" | "idle";

/** Every state that a page names: of accounts, downloads, jobs, files, runs. */
const TONES: Record<string, Tone> = {
  approved: "good",
  ready: "good",
  ok: "good",
  yes: "good",
  finished: "good",
  running: "busy",
  queued: "busy",
  waiting: "busy",
  pending: "warn",
  unverified: "warn",
  partial: "warn",
  unchecked: "idle",
  solver: "idle",
  cancelled: "idle",
  expired: "idle",
  unknown: "idle",
  no: "warn",
  rejected: "bad",
  suspended: "bad",
  failed: "bad",
  dangling: "bad",
  damaged: "bad",
};

/** A state as a word with a coloured dot. `label` replaces the word, `tone` the look that belongs to it. */
export function StateBadge(
  { state, label = state, tone = TONES[state] ?? "idle" }: {
    state: string;
    label?: Child;
    tone?: Tone;
  },
) {
  return <span class={`badge ${tone}`}>{label}</span>;
}
