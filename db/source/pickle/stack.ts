import { RefusedPickle } from "./values.ts";

/** The stack and the memory of a pickle. Every way to reach below what is there is refused. */
export class Stack {
  #values: unknown[] = [];
  #marks: number[] = [];
  #memo = new Map<number, unknown>();

  push(value: unknown): void {
    this.#values.push(value);
  }

  pop(): unknown {
    this.top();
    return this.#values.pop();
  }

  top(): unknown {
    if (this.#values.length <= (this.#marks.at(-1) ?? 0)) throw empty();
    return this.#values.at(-1);
  }

  mark(): void {
    this.#marks.push(this.#values.length);
  }

  /** What was pushed since the last mark. */
  popMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw empty();
    return this.#values.splice(mark);
  }

  popMany(count: number): unknown[] {
    const values = Array.from({ length: count }, () => this.pop());
    return values.reverse();
  }

  remember(key = this.#memo.size): void {
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) {
      throw new RefusedPickle("It refers to a value that it does not hold");
    }
    this.push(this.#memo.get(key));
  }
}

function empty(): RefusedPickle {
  return new RefusedPickle("It takes more values than it holds");
}
