/** One set of files for the bench: runs of files of so many bytes. */
export interface BenchSet {
  key: string;
  title: string;
  /** Length in bytes of each file, run by run. */
  runs: number[][];
  /** Ways to build the archive that are left out here, because they would take many minutes. */
  without?: Way[];
  /** Read through a line with 20 ms of round trip. */
  slow_line?: boolean;
  /** The set whose files in GridFS these are. */
  files_of?: string;
}

/** How an archive is built or its files are read. */
export type Way = "ours" | "read" | "one_step" | "one_step_sha" | "two_steps";

const MB = 1_000_000;

/** The sets of the bench; `quick` ones are a fifth of the size. */
export function benchSets({ quick }: { quick: boolean }): BenchSet[] {
  const part = quick ? 0.2 : 1;
  const small = smallRuns(2000 * part);
  return [
    {
      key: "a",
      title: "1 run of 10 files of 1 MB",
      runs: [Array(10).fill(MB)],
    },
    {
      key: "b",
      title: `${20 * part} files of 100 MB`,
      runs: [Array(20 * part).fill(100 * MB)],
    },
    {
      key: "c",
      title: `1 file of ${4.5 * part} GB`,
      runs: [[4500 * part * MB]],
      without: ["one_step_sha", "two_steps"],
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
      without: ["one_step", "one_step_sha", "two_steps"],
    },
  ];
}

/** As many small as large ones on a scale of factors, the same in every run of the bench. */
function smallRuns(count: number): number[][] {
  let n = 0;
  const length = () => Math.round(1000 * 200 ** ((n++ * 0.618034) % 1));
  return Array.from({ length: count }, () => Array.from({ length: 6 }, length));
}
