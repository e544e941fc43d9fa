import type { Child } from "hono/jsx";
import type { AuditLine } from "../db/audit.ts";
import type { User } from "../db/users.ts";
import {
  DecisionForm,
  ReopenForm,
  RoleForm,
  SuspensionForm,
} from "./admin_user_forms.tsx";
import { AuditTable } from "./admin_audit.tsx";
import { ErrorSummary, type FieldErrors } from "./form.tsx";
import { StateBadge } from "./states.tsx";
import { None, When } from "./values.tsx";

/** What the page of one account shows to an admin. */
export interface AdminUserProps {
  user: User;
  /** Who looks at it; an approver only decides. */
  viewer: User;
  /** Who decided on the account. */
  decider: User | null;
  /** The latest lines of the audit log about the account. */
  log: AuditLine[];
  /** The choice that the link of the mail made. */
  decision?: "approve" | "reject";
  /** What was just done, or why it was not, as a sentence. */
  done?: string;
  refusal?: string | null;
  errors?: FieldErrors;
  values?: Record<string, string>;
}

/** One account: who it is, what may be done, what was done. */
export function AdminUserPage(props: AdminUserProps) {
  const { user, viewer, decider, log, done, refusal, errors = {} } = props;
  return (
    <section>
      <h1>{user.name}</h1>
      {done && <p class="note" role="status">{done}</p>}
      {refusal && (
        <p class="error-summary" role="alert" tabindex={-1} autofocus>
          {refusal}
        </p>
      )}
      <ErrorSummary errors={errors} />
      <Facts user={user} decider={decider} />
      {user.state === "pending" && <DecisionForm {...props} />}
      {viewer.role === "admin" && viewer.id !== user.id && (
        <div class="split">
          <ReopenForm user={user} />
          <SuspensionForm user={user} />
          <RoleForm user={user} />
        </div>
      )}
      <h2>Log</h2>
      {log.length === 0
        ? <p class="empty">Nothing yet.</p>
        : <AuditTable lines={log} />}
      <p>
        <a href="/admin/users">All accounts</a>
      </p>
    </section>
  );
}

function Facts({ user, decider }: { user: User; decider: User | null }) {
  const facts: [name: string, value: Child][] = [
    ["State", <StateBadge state={user.state} />],
    ["Role", user.role],
    ["E-mail", user.email],
    ["Affiliation", user.affiliation],
    ["Position", user.position],
    ["ORCID iD", user.orcid ? <Orcid id={user.orcid} /> : <None />],
    ["Reason", user.reason],
    ["Terms accepted", `version ${user.terms_version}`],
    ["Registered", <When at={user.created_at} />],
    ["Address confirmed", <When at={user.verified_at} />],
    ["Decided", <When at={user.decided_at} />],
    ["Decided by", decider ? decider.name : <None />],
    ["Reason given", user.decision_reason ?? <None />],
    ["Last seen", <When at={user.last_seen_at} />],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

function Orcid({ id }: { id: string }) {
  return <a href={`https://orcid.org/${id}`} rel="noreferrer">{id}</a>;
}
