import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { STATUS_CODES } from "node:http";
import { errorWords } from "../../components/error.tsx";
import type { AppEnv } from "../http.ts";

const API = /^\/api\/v1(\/|$)/;

/** Whether a request is one of a program to the API. */
export function isApi(c: Context): boolean {
  return API.test(c.req.path);
}

/** A refusal or a fault as problem details (RFC 9457). The status says all about its kind; `detail` is for people. */
export function problem(
  c: Context<AppEnv>,
  status: ContentfulStatusCode,
  message: string,
): Response {
  const state = c.get("user")?.state ?? null;
  const body = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail: errorWords({ status, message, state }),
  };
  return c.body(JSON.stringify(body), status, {
    "Content-Type": "application/problem+json",
  });
}
