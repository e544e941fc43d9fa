/** One set of files for the bench: runs of files of so many bytes. */
export interface BenchSet {
  key: string;
  title: string;
  /** Length in bytes of each file, run by run. */
  runs: number[][];
  /** Ways to build the archive that are left out here: they would take many minutes, and the figure of interest is ours alone. */
  without?: Way[];
  /** Read through a line with 20 ms of round trip. */
  slow_line?: boolean;
  /** The set whose files in GridFS these are, run by run, from the first again where these are more. */
  files_of?: string;
}

/** How an archive is built or its files are read. */
export type Way = "ours" | "read" | "one_step" | "one_step_sha" | "two_steps";

const MB = 1_000_000;
const PYTHON: Way[] = ["one_step", "one_step_sha", "two_steps"];

/** The sets of the bench; `quick` ones are a fifth of the size. */
export function benchSets({ quick }: { quick: boolean }): BenchSet[] {
  const part = quick ? 0.2 : 1;
  const small = runsOf({
    runs: 2000 * part,
    files: 6,
    from: 1000,
    to: 200_000,
  });
  const large = [Array(20 * part).fill(100 * MB)];
  return [
    {
      key: "a",
      title: "1 run of 10 files of 1 MB",
      runs: [Array(10).fill(MB)],
    },
    {
      key: "b",
      title: `${20 * part} files of 100 MB`,
      runs: large,
    },
    {
      key: "c",
      title: `1 file of ${4.5 * part} GB`,
      runs: [[4500 * part * MB]],
    },
    {
      key: "d",
      title: `${2000 * part} runs of 6 files of 1 to 200 kB`,
      runs: small,
    },
    {
      key: "d20",
      title: "the same through 20 ms of round trip",
      runs: small,
      slow_line: true,
      files_of: "d",
      without: PYTHON,
    },
    {
      key: "e",
      title: `${100_000 * part} files of 0.1 to 2 kB`,
      runs: runsOf({ runs: 2000 * part, files: 50, from: 100, to: 2000 }),
      without: PYTHON,
    },
    {
      key: "f",
      title: `${100 * part} files of 100 MB`,
      runs: Array(5).fill(large[0]),
      files_of: "b",
      without: PYTHON,
    },
  ];
}

/** As many small as large ones on a scale of factors, the same in every run of the bench. */
function runsOf(
  { runs, files, from, to }: {
    runs: number;
    files: number;
    from: number;
    to: number;
  },
): number[][] {
  let n = 0;
  const length = () => Math.round(from * (to / from) ** ((n++ * 0.618034) % 1));
  return Array.from(
    { length: runs },
    () => Array.from({ length: files }, length),
  );
}
