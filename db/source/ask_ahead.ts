/**
 * Asks before the answers are wanted.
 *
 * @param requests Begin their work when they are called.
 * @param ahead How many are under way beside the one whose answer is awaited.
 * @returns a function that gives the next answer, in the order of the requests: call it once for each
 */
export function askAhead<T>(
  requests: Iterator<() => Promise<T>>,
  ahead: number,
): () => Promise<T> {
  const pending: Promise<T>[] = [];
  return function next() {
    while (pending.length <= ahead) {
      const request = requests.next();
      if (request.done) break;
      const answer = request.value();
      // Its error is met when its turn comes, which may be never.
      answer.catch(() => {});
      pending.push(answer);
    }
    return pending.shift()!;
  };
}
