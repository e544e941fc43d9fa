import { config } from "../config.ts";
import { createApiToken } from "../db/api_tokens.ts";
import { createSession, listSessions } from "../db/sessions.ts";
import { sql } from "../db/sql.ts";
import type { User } from "../db/users.ts";

/** A new token of a user, whatever the state of the account. */
export async function makeToken(
  user: User,
  name: string,
  days = 90,
): Promise<string> {
  await createSession(sql, user, { ip: null, userAgent: "test" });
  const session = (await listSessions(user.id))[0]!.id;
  const made = await createApiToken(user, { name, days }, { session });
  if ("refused" in made) throw new Error(made.refused);
  return made.token;
}

/** A program that shows a token, or none; it knows no cookies. */
export class Program {
  constructor(readonly token: string | null) {}

  /** With a new token of a user. */
  static async of(user: User, days = 90): Promise<Program> {
    return new Program(await makeToken(user, "a test", days));
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const { app } = await import("../routes/app.tsx");
    const headers = new Headers(init.headers);
    if (this.token) headers.set("Authorization", `Bearer ${this.token}`);
    return await app.request(new URL(path, config.BASE_URL), {
      ...init,
      headers,
    });
  }

  get(path: string, headers: HeadersInit = {}): Promise<Response> {
    return this.request(path, { headers });
  }

  // deno-lint-ignore no-explicit-any
  async json(path: string): Promise<any> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(await answer.text());
    return await answer.json();
  }
}

/** Status and body of a refusal, which must be problem details. */
export async function problemOf(
  answer: Response,
): Promise<{ status: number; detail: string }> {
  const type = answer.headers.get("Content-Type");
  const body = type === "application/problem+json" ? await answer.json() : null;
  if (body?.status !== answer.status || !body.title || !body.detail) {
    throw new Error(
      `${answer.status} ${type} is no problem: ${JSON.stringify(body)}`,
    );
  }
  return { status: answer.status, detail: body.detail };
}
