import type { Child } from "hono/jsx";
import type { User, UserState } from "../db/users.ts";
import { SubmitButton } from "./form.tsx";
import { StateBadge } from "./states.tsx";
import { When } from "./values.tsx";

interface Step {
  label: string;
  at: Date | null;
}

/** Where an account stands, and what its owner can do about it. */
export function AccountState({ user }: { user: User }) {
  return (
    <section id="state" class="prose">
      <dl class="facts">
        <dt>E-mail</dt>
        <dd>{user.email}</dd>
        <dt>State</dt>
        <dd>
          <StateBadge state={user.state} label={WORDS[user.state]} />
        </dd>
        {user.role !== "researcher" && (
          <>
            <dt>Role</dt>
            <dd>{user.role}</dd>
          </>
        )}
      </dl>
      {NEXT[user.state]?.(user)}
    </section>
  );
}

const WORDS: Record<UserState, string> = {
  unverified: "address not confirmed",
  pending: "in review",
  approved: "approved",
  rejected: "not approved",
  suspended: "suspended",
};

/** What is shown in each state; approved accounts need no words. */
const NEXT: Partial<Record<UserState, (user: User) => Child>> = {
  unverified: (user) => (
    <>
      <Steps user={user} />
      <p>
        Open the link in the mail we sent you and press its button. The link
        works for 24 hours; older ones end when you ask for another.
      </p>
      <form method="post" action="/verify/resend">
        <input type="hidden" name="email" value={user.email} />
        <SubmitButton kind="secondary">Send another mail</SubmitButton>
      </form>
    </>
  ),
  pending: (user) => (
    <>
      <Steps user={user} />
      <p>
        An administrator has been told and sees your profile as it is below; you
        can still change it. You get a mail when it is decided, usually within a
        few working days.
      </p>
    </>
  ),
  rejected: (user) => (
    <Reason
      text={user.decision_reason}
      after="If you think this is a mistake, answer the mail you got."
    />
  ),
  suspended: (user) => (
    <Reason
      text={user.decision_reason}
      after="Ask an administrator if you think this is a mistake."
    />
  ),
};

function Steps({ user }: { user: User }) {
  const steps: Step[] = [
    { label: "Registered", at: user.created_at },
    { label: "Address confirmed", at: user.verified_at },
    { label: "In review", at: null },
    { label: "Approved", at: null },
  ];
  const current = user.state === "unverified" ? 1 : 2;
  return (
    <ol class="steps">
      {steps.map(({ label, at }, n) => (
        <li aria-current={n === current ? "step" : undefined}>
          {label} {at && (
            <span class="muted">
              (<When at={at} />)
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Reason({ text, after }: { text: string | null; after: string }) {
  return (
    <>
      {text && (
        <>
          <p>The administrator gave this reason:</p>
          <blockquote>{text}</blockquote>
        </>
      )}
      <p>{after}</p>
    </>
  );
}
