/** An address of the API: what OpenAPI and the page about the API say of it. Its handler is in the file of its noun. */
export interface Resource {
  /** Below /api/v1, parameters in braces. */
  path: string;
  summary: string;
  /** Which query parameters it takes; none unless given. */
  query?: "search" | "scan" | "history";
  /** A schema of schemas.ts by name, or a media type. */
  answer: { schema: string } | { type: string };
  /** Needs no token. */
  public?: true;
  /** Can be fetched in parts. */
  ranges?: true;
  /** Statuses of refusals beside those that any address may answer with. */
  refusals?: number[];
}

const JSON_OBJECT = { schema: "Anything" };

/** Every address of the API, as /api lists them. */
export const RESOURCES: Resource[] = [
  {
    path: "/runs",
    summary: "One page of a search, newest runs first",
    query: "search",
    answer: { schema: "RunPage" },
    refusals: [400],
  },
  {
    path: "/runs.csv",
    summary: "All runs of a search as CSV, or one page of it",
    query: "search",
    answer: { type: "text/csv" },
    refusals: [400],
  },
  {
    path: "/runs/{id}",
    summary: "A run: every column of the catalogue, and links",
    answer: { schema: "RunAnswer" },
    refusals: [404],
  },
  {
    path: "/runs/{id}/document",
    summary: "The whole document of a run with its own keys",
    answer: JSON_OBJECT,
    refusals: [404],
  },
  {
    path: "/runs/{id}/files",
    summary: "The files of a run, with sizes and what is missing",
    answer: { schema: "Files" },
    refusals: [404],
  },
  {
    path: "/runs/{id}/files/{fileId}",
    summary: "The bytes of one file",
    answer: { type: "application/octet-stream" },
    refusals: [404, 410],
  },
  {
    path: "/spectra/{id}",
    summary: "The spectrum that a run belongs to, ascending in ky",
    answer: { schema: "Family" },
    refusals: [404],
  },
  {
    path: "/scans/{id}",
    summary: "The scan that a run belongs to, ascending in the scanned column",
    query: "scan",
    answer: { schema: "Family" },
    refusals: [400, 404],
  },
  {
    path: "/twins/{id}",
    summary: "Runs of the same physics and ky in every code",
    answer: { schema: "Family" },
    refusals: [404],
  },
  {
    path: "/downloads",
    summary: "Your downloads, the latest first",
    query: "history",
    answer: { schema: "DownloadPage" },
    refusals: [400],
  },
  {
    path: "/downloads/{id}",
    summary: "One of your downloads: how far it is",
    answer: { schema: "Download" },
    refusals: [404],
  },
  {
    path: "/downloads/{id}/archive",
    summary: "Its zip file, once it is ready; Range works",
    answer: { type: "application/zip" },
    ranges: true,
    refusals: [404, 409, 410],
  },
  {
    path: "/columns",
    summary: "Every column: key, meaning, unit, type",
    answer: { schema: "Columns" },
  },
  {
    path: "/openapi.json",
    summary: "This description as OpenAPI 3.1, for tools; needs no token",
    answer: JSON_OBJECT,
    public: true,
  },
];
