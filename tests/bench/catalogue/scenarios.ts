/** What is asked for again and again, each time a little differently. */
export interface Scenario {
  key: string;
  title: string;
  /** Query string of the nth request. */
  query(n: number): string;
  /** Only these numbers are counted, by the app's own function, instead of a whole page. */
  counts?: "facets" | "histograms";
}

const SORTS = [
  "",
  "sort=-gamma",
  "sort=q",
  "sort=-Q_i",
  "sort=ky",
  "sort=RLTi",
];
const CODES = ["TGLF", "CGYRO", "GENE", "GS2", "GX"];
const DEVICES = ["DIII-D", "JET", "NSTX", "MAST-U", "ITER"];
const WORDS = [
  "cyclone",
  "pedestal",
  "surrogate batch",
  "scan_17",
  "mr_c",
  "run_9 impurity",
  "paper",
  "shot 1043",
  "itg",
  "zzz",
];

/** All scenarios, in the order of the table. */
export const SCENARIOS: Scenario[] = [
  { key: "first", title: "first page", query: (n) => SORTS[n % SORTS.length]! },
  {
    key: "page50",
    title: "page 50",
    query: (n) => `page=50&${SORTS[n % SORTS.length]}`,
  },
  { key: "ranges", title: "three ranges, two facets", query: rangesAndFacets },
  {
    key: "text",
    title: "free text",
    query: (n) =>
      `text=${encodeURIComponent(`${WORDS[n % WORDS.length]}`)}${
        n < WORDS.length ? "" : `&code=${CODES[n % CODES.length]}`
      }`,
  },
  {
    key: "input",
    title: "input=",
    query: (n) =>
      `input=param_10${n % 2 ? ">" : "<"}${10 + 13 * n}&input=param_${
        1 + n % 9
      }:${1 + n % 4}`,
  },
  { key: "like", title: "like=", query: (n) => `like=${1000 + 577 * n}` },
  {
    key: "facets",
    title: "facet counts",
    query: rangesAndFacets,
    counts: "facets",
  },
  {
    key: "histograms",
    title: "histograms",
    query: rangesAndFacets,
    counts: "histograms",
  },
];

function rangesAndFacets(n: number): string {
  const low = 1.2 + (n % 7) / 10;
  return new URLSearchParams([
    ["q_min", String(low)],
    ["q_max", String(low + 0.8)],
    ["RLTi_min", String(2 + n % 4)],
    n % 2 === 0 ? ["s_hat_max", "1.1"] : ["beta_e_max", "2e-3"],
    ["code", CODES[n % CODES.length]!],
    ["code", CODES[(n + 1) % CODES.length]!],
    ["device", DEVICES[n % DEVICES.length]!],
  ]).toString();
}
