import type { Session } from "../db/sessions.ts";
import { SubmitButton } from "./form.tsx";
import { Ago, When } from "./values.tsx";

/** Where a user is logged in; each session can be ended. */
export function SessionList(
  { sessions, current }: { sessions: Session[]; current: string | null },
) {
  return (
    <section id="sessions">
      <h2>Sessions</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Sessions">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Browser</th>
              <th scope="col">Address</th>
              <th scope="col">Since</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span class="visually-hidden">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <SessionRow session={session} current={session.id === current} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SessionRow(
  { session, current }: { session: Session; current: boolean },
) {
  const { id, ip, user_agent, created_at, last_used_at } = session;
  return (
    <tr id={`session-${id}`}>
      <td>
        {browserOf(user_agent)} {current && <strong>(this one)</strong>}
      </td>
      <td>{ip ?? "unknown"}</td>
      <td>
        <When at={created_at} />
      </td>
      <td>
        <Ago at={last_used_at} />
      </td>
      <td>
        <form
          method="post"
          action={`/account/sessions/${id}/revocation`}
          class="inline"
        >
          <SubmitButton kind="link">
            End{" "}
            <span class="visually-hidden">
              the session of {browserOf(user_agent)}
            </span>
          </SubmitButton>
        </form>
      </td>
    </tr>
  );
}

/** Browsers in the order in which their names must be looked for: Edge and Opera also say Chrome, Chrome also says Safari. */
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
  [/curl\//, "curl"],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

function browserOf(agent: string | null): string {
  if (!agent) return "Unknown browser";
  const browser = BROWSERS.find(([sign]) => sign.test(agent))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(agent))?.[1];
  if (!browser) return agent.slice(0, 40);
  return system ? `${browser} on ${system}` : browser;
}
