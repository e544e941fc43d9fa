import { Hono } from "hono";
import { STATUS_CODES } from "node:http";
import type { AppEnv } from "../http.ts";
import {
  historyParameters,
  type Parameter,
  pathParameter,
  scanParameters,
  searchParameters,
} from "./parameters.ts";
import { type Resource, RESOURCES } from "./resources.ts";
import { schemas } from "./schemas.ts";

/** What any address with a token may answer. */
const REFUSALS = [401, 403, 429, 503];
const QUERIES: Record<NonNullable<Resource["query"]>, Parameter[]> = {
  search: searchParameters(),
  scan: scanParameters(),
  history: historyParameters(),
};
const IDS: Record<string, string> = {
  runs: "The catalogue's number of the run, or its MongoDB id.",
  spectra: "Any run of the spectrum.",
  scans: "Any run of the scan.",
  twins: "Any of the twins.",
  downloads: "The id of the download.",
  fileId: "The GridFS id of the file.",
};

/** The description of the API for tools (OpenAPI 3.1), made from the columns, the search and the table of addresses. */
export const openapi = new Hono<AppEnv>();

openapi.get("/openapi.json", (c) => {
  c.header("Cache-Control", "public, max-age=300");
  return c.json(DOCUMENT);
});

const DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "MGKDB",
    version: "1",
    description:
      "Gyrokinetic simulations: what the site shows, for programs. Numbers are as stored, each in the unit that its column names.",
  },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  paths: Object.fromEntries(
    RESOURCES.map((resource) => [resource.path, { get: operation(resource) }]),
  ),
  components: {
    securitySchemes: {
      token: {
        type: "http",
        scheme: "bearer",
        description: "Made on the account page of the site.",
      },
    },
    parameters: Object.fromEntries(
      QUERIES.search.map((parameter) => [parameter.name, parameter]),
    ),
    responses: Object.fromEntries(
      [400, 404, 409, 410, ...REFUSALS].map((s) => [String(s), refusal(s)]),
    ),
    schemas: schemas(),
  },
};

function operation(resource: Resource) {
  const { path, summary, ranges, refusals = [] } = resource;
  const statuses = [...refusals, ...(resource.public ? [429, 503] : REFUSALS)];
  const parameters = [...pathParameters(path), ...queryParameters(resource)];
  return {
    operationId: path.slice(1).replaceAll(
      /\W+(\w)?/g,
      (_, c = "") => c.toUpperCase(),
    ),
    summary,
    ...(resource.public ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: {
      200: success(resource),
      ...(ranges
        ? { 206: { ...success(resource), description: "A part" } }
        : {}),
      ...Object.fromEntries(
        statuses.map((s) => [s, { $ref: `#/components/responses/${s}` }]),
      ),
    },
  };
}

function pathParameters(path: string): Parameter[] {
  const noun = path.split("/")[1]!;
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
    pathParameter(name!, IDS[name!] ?? IDS[noun]!)
  );
}

/** Those of a search stand once for all that take them. */
function queryParameters({ query }: Resource) {
  if (query === undefined) return [];
  if (query !== "search") return QUERIES[query];
  return QUERIES.search.map(({ name }) => ({
    $ref: `#/components/parameters/${name}`,
  }));
}

function success({ answer, summary }: Resource) {
  const content = "schema" in answer
    ? {
      "application/json": {
        schema: { $ref: `#/components/schemas/${answer.schema}` },
      },
    }
    : { [answer.type]: {} };
  return { description: summary, content };
}

function refusal(status: number) {
  const schema = { $ref: "#/components/schemas/Problem" };
  const waits = status === 429 || status === 503;
  return {
    description: STATUS_CODES[status]!,
    ...(waits
      ? {
        headers: {
          "Retry-After": {
            description: "Seconds to wait.",
            schema: { type: "integer" },
          },
        },
      }
      : {}),
    content: { "application/problem+json": { schema } },
  };
}
