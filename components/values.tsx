import { ago, bytes, dateTime, exactBytes, significant } from "./format.ts";

/** A number to three digits, its full value on hover; an en dash with words for screen readers when there is none. Long tables call it as a function, which takes half the time. */
export function Num({ value }: { value: number | null }) {
  if (value === null) return <None />;
  return <span class="num" title={String(value)}>{significant(value)}</span>;
}

/** A size in SI units, the exact bytes on hover. */
export function Bytes({ value }: { value: number | null }) {
  if (value === null) return <None />;
  return <span class="num" title={exactBytes(value)}>{bytes(value)}</span>;
}

/** A moment as time passed, the exact one on hover; app.js keeps it current. */
export function Ago({ at }: { at: Date | null }) {
  if (at === null) return <None />;
  return (
    <time datetime={at.toISOString()} title={dateTime(at)} data-relative>
      {ago(at)}
    </time>
  );
}

/** A moment in UTC. */
export function When({ at }: { at: Date | null }) {
  if (at === null) return <None />;
  return <time datetime={at.toISOString()}>{dateTime(at)}</time>;
}

/** Stands where a value is missing. */
export function None() {
  return (
    <span class="none">
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">none</span>
    </span>
  );
}
