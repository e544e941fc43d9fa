import type { Context, ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ZodError } from "zod";
import { ErrorPage, errorTitle } from "../components/error.tsx";
import { TooBusy } from "../db/passwords.ts";
import { SourceUnavailable } from "../db/source/client.ts";
import { isApi, problem } from "./api/problem.ts";
import { type AppEnv, isHtmx, pathForLog, wantsJson, wordsOf } from "./http.ts";

const RETRY_AFTER_S = "10";

/** The one place that turns what was thrown into an answer: problem (API), JSON, fragment or page. */
export const onError: ErrorHandler<AppEnv> = function onError(error, c) {
  const { status, message } = readError(error);
  if (status === 503) c.header("Retry-After", RETRY_AFTER_S);
  if (error instanceof HTTPException && error.res) {
    error.res.headers.forEach((value, name) => c.header(name, value));
  }
  if (status >= 500 && status !== 503) {
    console.error(
      JSON.stringify({
        level: "error",
        request_id: c.get("requestId"),
        path: pathForLog(c),
        error: error.stack,
      }),
    );
  }
  return answer(c, status, message);
};

/** The answer for an address without a handler. */
export function notFoundPage(c: Context<AppEnv>): Response | Promise<Response> {
  return answer(c, 404, "");
}

function readError(
  error: Error,
): { status: ContentfulStatusCode; message: string } {
  if (error instanceof HTTPException) {
    return { status: error.status, message: error.message };
  }
  if (error instanceof ZodError) {
    return { status: 400, message: wordsOf(error) };
  }
  if (error instanceof TooBusy) return { status: 503, message: error.message };
  if (error instanceof SourceUnavailable) {
    return {
      status: 503,
      message:
        "The source database cannot be reached. Searching works; files can be read once it is back.",
    };
  }
  return { status: 500, message: "" };
}

function answer(
  c: Context<AppEnv>,
  status: ContentfulStatusCode,
  message: string,
): Response | Promise<Response> {
  if (isApi(c)) return problem(c, status, message);
  c.status(status);
  if (wantsJson(c)) return c.json({ error: errorTitle(status), message });
  const page = (
    <ErrorPage
      status={status}
      message={message}
      state={c.get("user")?.state ?? null}
    />
  );
  if (isHtmx(c)) return c.html(page);
  return c.render(page, {
    title: `Error: ${errorTitle(status)}`,
    refusal: true,
  });
}
