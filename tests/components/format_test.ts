import { expect } from "expect";
import {
  ago,
  bytes,
  count,
  dateTime,
  duration,
  exactBytes,
  plural,
  significant,
} from "../../components/format.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

function before(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

Deno.test("significant() keeps three digits and drops zeros that say nothing", () => {
  expect(significant(0.21249)).toBe("0.212");
  expect(significant(6.9)).toBe("6.9");
  expect(significant(0)).toBe("0");
  expect(significant(12345)).toBe("12300");
});

Deno.test("significant() writes a real minus sign and powers of ten", () => {
  expect(significant(-0.03)).toBe("−0.03");
  expect(significant(-1.234e-5)).toBe("−1.23 × 10⁻⁵");
  expect(significant(3e12)).toBe("3 × 10¹²");
  expect(significant(99_999)).toBe("100000");
});

Deno.test("significant() shows nothing for a missing number", () => {
  expect(significant(null)).toBe("");
  expect(significant(NaN)).toBe("");
  expect(significant(-Infinity)).toBe("−∞");
});

Deno.test("bytes() uses SI units and changes unit before 1000 is shown", () => {
  expect(bytes(0)).toBe("0 B");
  expect(bytes(999)).toBe("999 B");
  expect(bytes(999_499)).toBe("999 kB");
  expect(bytes(999_500)).toBe("1 MB");
  expect(bytes(1_536_000_000)).toBe("1.54 GB");
  expect(bytes(null)).toBe("");
  expect(exactBytes(1_536_000_000)).toBe("1,536,000,000 bytes");
  expect(exactBytes(1)).toBe("1 byte");
});

Deno.test("plural() and count() separate thousands", () => {
  expect(plural(1, "run")).toBe("1 run");
  expect(plural(27_043, "run")).toBe("27,043 runs");
  expect(plural(0, "entry", "entries")).toBe("0 entries");
  expect(count(-3)).toBe("−3");
});

Deno.test("ago() speaks of the past and of the future", () => {
  expect(ago(before(5), NOW)).toBe("just now");
  expect(ago(before(60), NOW)).toBe("1 minute ago");
  expect(ago(before(7200), NOW)).toBe("2 hours ago");
  expect(ago(before(-172_800), NOW)).toBe("in 2 days");
  expect(ago(before(400 * 86_400), NOW)).toBe("1 year ago");
});

Deno.test("ago() never rounds up to a whole larger unit", () => {
  expect(ago(before(59), NOW)).toBe("just now");
  expect(ago(before(3599), NOW)).toBe("59 minutes ago");
  expect(ago(before(86_399), NOW)).toBe("23 hours ago");
});

Deno.test("dateTime() and duration() read well", () => {
  expect(dateTime(NOW)).toBe("24 Nov 2026, 12:00 UTC");
  expect(duration(5.6)).toBe("6 s");
  expect(duration(240)).toBe("4 min");
  expect(duration(7500)).toBe("2 h 5 min");
});
