/** How long others wait at most for work on the thread that answers pages. */
const SLICE_MS = 8;

/** A clock for long work on the thread that answers pages: it says when it is the turn of the others. */
export class Slices {
  #begun = performance.now();

  /** The time of this slice is over. */
  isOver(): boolean {
    return performance.now() >= this.#begun + SLICE_MS;
  }

  /** Lets everything go first that waits, then begins the next slice. */
  async giveWay(): Promise<void> {
    await new Promise((done) => setTimeout(done, 0));
    this.#begun = performance.now();
  }
}

/** Does work that comes in small steps, a slice of them at a time. @throws what a step throws */
export async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  const slices = new Slices();
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
    if (slices.isOver()) await slices.giveWay();
  }
}
