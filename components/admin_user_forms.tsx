import type { Role, User } from "../db/users.ts";
import type { AdminUserProps } from "./admin_user.tsx";
import { Field, SubmitButton } from "./form.tsx";

const ROLES: { value: Role; label: string }[] = [
  { value: "researcher", label: "researcher" },
  { value: "approver", label: "approver: decides on applicants" },
  { value: "admin", label: "admin: may do everything" },
];

/** Approves or denies an applicant. The mail's link only chooses; the button decides. */
export function DecisionForm(
  { user, decision, errors = {}, values = {} }: AdminUserProps,
) {
  return (
    <section id="decision" class="prose">
      <h2>Decide</h2>
      <form
        method="post"
        action={`/admin/users/${user.id}/decision`}
        novalidate
      >
        <fieldset id="decision-choice">
          <legend>{user.name} asks for an account</legend>
          {errors.decision && <p class="field-error">{errors.decision}</p>}
          <Choice value="approve" label="Approve" chosen={decision} />
          <Choice value="reject" label="Deny" chosen={decision} />
        </fieldset>
        <Field
          name="reason"
          label="Reason"
          hint="Needed to deny; the applicant reads it."
          rows={3}
          optional
          maxlength={2000}
          value={values.reason}
          error={errors.reason}
        />
        <SubmitButton>Send the decision</SubmitButton>
      </form>
    </section>
  );
}

function Choice(
  { value, label, chosen }: { value: string; label: string; chosen?: string },
) {
  return (
    <label>
      <input
        type="radio"
        name="decision"
        value={value}
        checked={value === chosen}
        required
      />
      {label}
    </label>
  );
}

/** Lets a denied request wait for a decision again. */
export function ReopenForm({ user }: { user: User }) {
  if (user.state !== "rejected") return null;
  return (
    <section id="reopening">
      <h2>Denied by mistake?</h2>
      <form method="post" action={`/admin/users/${user.id}/reopening`}>
        <SubmitButton kind="secondary">Open the request again</SubmitButton>
      </form>
    </section>
  );
}

/** Suspends an approved account, or opens a suspended one again. */
export function SuspensionForm({ user }: { user: User }) {
  const action = `/admin/users/${user.id}/suspension`;
  if (user.state === "suspended") {
    return (
      <section id="suspension">
        <h2>Suspension</h2>
        <form method="post" action={action}>
          <SubmitButton kind="secondary" name="suspended" value="no">
            Open the account again
          </SubmitButton>
        </form>
      </section>
    );
  }
  if (user.state !== "approved") return null;
  return (
    <section id="suspension">
      <h2>Suspension</h2>
      <form method="post" action={action}>
        <Field
          name="reason"
          id="suspension-reason"
          label="Reason"
          hint="Shown to the user. Sessions, links and unfinished downloads end at once."
          rows={2}
          optional
          maxlength={2000}
        />
        <SubmitButton kind="danger" name="suspended" value="yes">
          Suspend {user.name}
        </SubmitButton>
      </form>
    </section>
  );
}

/** Gives an approved account another role. */
export function RoleForm({ user }: { user: User }) {
  if (user.state !== "approved") return null;
  return (
    <section id="role-change">
      <h2>Role</h2>
      <form method="post" action={`/admin/users/${user.id}/role`}>
        <Field
          name="role"
          label={`Role of ${user.name}`}
          hint="A change ends the user's sessions and API tokens."
          options={ROLES}
          value={user.role}
        />
        <SubmitButton kind="secondary">Change the role</SubmitButton>
      </form>
    </section>
  );
}
