import { config } from "../config.ts";
import { createSession } from "../db/sessions.ts";
import { sql } from "../db/sql.ts";
import { getUser, type Role, type User, type UserState } from "../db/users.ts";

let serial = 0;

/** An account; approved researcher unless told otherwise. Nobody can log in to it with a password. */
export async function makeUser(
  options: { state?: UserState; role?: Role; email?: string; name?: string } =
    {},
): Promise<User> {
  const n = ++serial;
  const {
    state = "approved",
    role = "researcher",
    email = `user${n}@example.org`,
    name = `User ${n}`,
  } = options;
  const [row] = await sql<[{ id: string }]>`
    insert into users (email, name, affiliation, position, reason, terms_version, password_hash, state, role)
    values (${email}, ${name}, 'Institute of Plasma', 'Researcher', 'Compare growth rates', '2026-11', 'none', ${state}, ${role}) returning id`;
  return (await getUser(row.id))!;
}

/** A browser of a signed-in user, or of nobody: keeps cookies and sends what a same-origin page would send. */
export class Browser {
  #cookies = new Map<string, string>();

  static async of(user: User | null): Promise<Browser> {
    const browser = new Browser();
    if (user) {
      const device = { ip: null, userAgent: "test" };
      browser.#cookies.set("sid", await createSession(sql, user, device));
    }
    return browser;
  }

  /** The value of a cookie; absent when the browser has none of that name. */
  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const { app } = await import("../routes/app.tsx");
    const headers = new Headers(init.headers);
    const cookies = [...this.#cookies].map(([name, value]) =>
      `${name}=${value}`
    );
    if (cookies.length > 0) headers.set("Cookie", cookies.join("; "));
    const response = await app.request(new URL(path, config.BASE_URL), {
      ...init,
      headers,
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  get(path: string, headers: HeadersInit = {}): Promise<Response> {
    return this.request(path, { headers });
  }

  post(
    path: string,
    form: Record<string, string | string[]>,
    headers: HeadersInit = {},
  ): Promise<Response> {
    const body = new URLSearchParams(
      Object.entries(form).flatMap(([k, v]) =>
        [v].flat().map((each) => [k, each])
      ),
    );
    const sent = { Origin: config.BASE_URL, "Sec-Fetch-Site": "same-origin" };
    return this.request(path, {
      method: "POST",
      body,
      headers: { ...sent, ...Object.fromEntries(new Headers(headers)) },
    });
  }

  #keep(setCookie: string): void {
    const [name, value] = setCookie.split(";")[0]!.split("=", 2);
    if (/max-age=0/i.test(setCookie)) this.#cookies.delete(name!);
    else this.#cookies.set(name!, value!);
  }
}
