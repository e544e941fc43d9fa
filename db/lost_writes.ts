/** Where postgres.js 3.4.9 writes to a socket that has just gone, outside of any promise. The query itself fails in order. */
const AT = /node_modules\/.*postgres.*connection\.js/;

/** Keeps the process alive when Postgres goes away in the middle of a write; everything else stays fatal. */
export function outliveLostWrites(): void {
  globalThis.addEventListener("error", (event) => {
    const error = event.error as Error | undefined;
    if (error instanceof TypeError && AT.test(error.stack ?? "")) {
      event.preventDefault();
      console.error(
        JSON.stringify({
          level: "error",
          message: "Postgres went away in the middle of a write",
        }),
      );
    }
  });
}
