/** Digits of a number on a page; the full value stands in its title and in CSV and JSON. */
const DIGITS = 3;
const SMALLEST_PLAIN = 1e-3;
const LARGEST_PLAIN = 1e5;
const KILO = 1000;
const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
// Made once: a page formats hundreds of values, and making a format takes longer than using it.
const WHOLE = new Intl.NumberFormat("en-GB");
const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const ROUGH = new Intl.NumberFormat("en-GB", {
  notation: "compact",
  compactDisplay: "long",
  maximumSignificantDigits: 2,
});
/** Seconds of each step of {@linkcode ago}, largest first. */
const STEPS = [
  [31_536_000, "year"],
  [2_592_000, "month"],
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
] as const;

/** A number to three significant digits, with a real minus sign and powers of ten: `0.213`, `−1.23 × 10⁻⁵`; "" for null. */
export function significant(x: number | null): string {
  if (x === null || Number.isNaN(x)) return "";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  if (x === 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)) {
    return minus(String(Number(x.toPrecision(DIGITS))));
  }
  const [mantissa, exponent] = x.toExponential(DIGITS - 1).split("e");
  return minus(`${Number(mantissa)} × 10${superscript(Number(exponent))}`);
}

/** A whole number with thousands separated: `27,043`. */
export function count(n: number): string {
  return minus(WHOLE.format(n));
}

/** A number that is only known roughly: `1.2 million`. */
export function about(n: number): string {
  return ROUGH.format(n);
}

/** A number of things: `1 run`, `27,043 runs`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** A size in SI units to three digits: `1.5 GB`; "" for null. */
export function bytes(n: number | null): string {
  if (n === null) return "";
  let unit = 0;
  let size = n;
  // 999.5 kB would round to 1000 kB.
  while (size >= KILO - 0.5 && unit < BYTE_UNITS.length - 1) {
    size /= KILO;
    unit++;
  }
  const digits = unit === 0 ? String(size) : Number(size.toPrecision(DIGITS));
  return `${digits} ${BYTE_UNITS[unit]}`;
}

/** A size in full, for titles: `1,500,000,000 bytes`. */
export function exactBytes(n: number): string {
  return plural(n, "byte");
}

/** How long ago, or how far ahead, a moment is: `3 minutes ago`, `in 2 days`, `just now`. */
export function ago(moment: Date, now: Date = new Date()): string {
  const seconds = (now.getTime() - moment.getTime()) / KILO;
  for (const [size, unit] of STEPS) {
    const n = Math.floor(Math.abs(seconds) / size);
    if (Math.abs(seconds) >= size) {
      return seconds > 0 ? `${plural(n, unit)} ago` : `in ${plural(n, unit)}`;
    }
  }
  return seconds >= 0 ? "just now" : "in a moment";
}

/** A moment in words, always UTC: `24 Nov 2026, 23:31 UTC`. */
export function dateTime(moment: Date): string {
  const time = moment.toISOString().slice(11, 16);
  return `${date(moment)}, ${time} UTC`;
}

/** A day in words, UTC: `24 Nov 2026`. */
export function date(moment: Date): string {
  return DAY.format(moment);
}

/** A length of time: `6 s`, `4 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 100) return `${s} s`;
  const minutes = Math.round(s / 60);
  if (minutes < 100) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ""}`;
}

/** A share in per cent: to a tenth below 10 %, to a whole one below 1,000 %, then to three digits: `−0.5 %`, `13 %`, `24,600 %`. */
export function percent(share: number): string {
  const value = share * 100;
  const rounded = Math.abs(value) < 1000
    ? Number(value.toFixed(Math.abs(value) < 10 ? 1 : 0))
    : Number(value.toPrecision(DIGITS));
  return `${minus(WHOLE.format(rounded || 0))} %`;
}

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[+d]);
  return (exponent < 0 ? "⁻" : "") + digits.join("");
}

function minus(text: string): string {
  return text.replace("-", "−");
}
