import type { UserState } from "../db/users.ts";

const TITLES: Record<number, string> = {
  400: "This address asks for something malformed",
  401: "Please log in",
  403: "Not allowed",
  404: "Not found",
  409: "Not possible any more",
  410: "No longer available",
  413: "Too large",
  415: "Not a form",
  429: "Too many requests",
  500: "Something went wrong",
  503: "Not available right now",
};

const DEFAULTS: Record<number, string> = {
  404: "There is nothing at this address, or it is not yours to see.",
  405: "This address can only be read: use GET or HEAD.",
  429: "Please wait a little before you try again.",
  500:
    "The fault is ours and has been logged. Try again; if it stays, tell an administrator the request id in this answer's X-Request-Id header.",
};

/** What a reader can do about it; an empty address is the page itself. */
const WAYS_ON: Record<number, { href: string; text: string }> = {
  400: { href: "?", text: "Open this page without parameters" },
  401: { href: "/login", text: "Log in" },
  404: { href: "/runs", text: "Search runs" },
  410: { href: "/downloads", text: "Your downloads" },
  429: { href: "", text: "Try again" },
  500: { href: "", text: "Try again" },
  503: { href: "", text: "Try again" },
};

const STATES: Partial<Record<UserState, string>> = {
  unverified:
    "Your e-mail address is not confirmed yet. Open the link we sent you, or ask for a new one on your account page.",
  pending:
    "Your account waits for approval. You will get an e-mail when it is decided.",
  rejected: "Your request for an account was not approved.",
  suspended: "Your account is suspended.",
};

/** A short title for a status. */
export function errorTitle(status: number): string {
  return TITLES[status] ?? "Something went wrong";
}

/** What happened, in words: those of who refused, else those of the account's state, else those of the status. */
export function errorWords(
  { status, message, state }: {
    status: number;
    message: string;
    state: UserState | null;
  },
): string {
  const blocked = status === 403 && state ? STATES[state] : undefined;
  return message || blocked || DEFAULTS[status] || "";
}

/** The page for a refusal or a fault: what happened, and what can be done. */
export function ErrorPage(
  { status, message, state }: {
    status: number;
    message: string;
    state: UserState | null;
  },
) {
  const blocked = status === 403 && state ? STATES[state] : undefined;
  const way = WAYS_ON[status];
  const words = errorWords({ status, message, state });
  return (
    <section>
      <h1>{errorTitle(status)}</h1>
      {words.split("\n").map((line) => <p>{line}</p>)}
      {blocked && (
        <p>
          <a href="/account">See your account</a>
        </p>
      )}
      {way && (
        <p>
          <a href={way.href}>{way.text}</a>
        </p>
      )}
    </section>
  );
}
