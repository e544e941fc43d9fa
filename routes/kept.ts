/** The results of the keys that were asked for last. Each is made once for all who ask meanwhile; one that fails is forgotten at once. */
export class Kept<T> {
  #most: number;
  #results = new Map<string, Promise<T>>();

  /** `most` results are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The result of a key, by `make` where there is none. @throws what `make` throws */
  get(key: string, make: () => Promise<T>): Promise<T> {
    const result = this.#results.get(key) ?? make();
    this.#results.delete(key);
    this.#results.set(key, result);
    if (this.#results.size > this.#most) {
      this.#results.delete(this.#results.keys().next().value!);
    }
    result.catch(() => {
      if (this.#results.get(key) === result) this.#results.delete(key);
    });
    return result;
  }
}
