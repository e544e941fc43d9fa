/**
 * A repeatable source of random numbers, seeded by text.
 *
 * The demo runs must be the same bytes on every machine, so nothing here asks
 * the clock or the operating system. Seeding by the name of a run keeps its
 * numbers when other runs are added.
 */
export class Random {
  #state: number;

  constructor(seed: string) {
    this.#state = hash(seed);
  }

  /** Uniform in [0, 1), 32 bits (mulberry32). */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Uniform in the logarithm, between two positive limits. */
  logUniform(low: number, high: number): number {
    return low * Math.exp(this.uniform() * Math.log(high / low));
  }

  /** 1 with a relative scatter, e.g. 0.012 for 1.2 % (cut at 2.5 of it). */
  scatter(relative: number): number {
    return 1 + relative * Math.max(-2.5, Math.min(2.5, this.normal()));
  }

  /** Whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.uniform() * below);
  }
}

/** 32-bit FNV-1a over UTF-16 code units, with a final mix. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) | 0;
}
