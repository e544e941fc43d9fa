import type { ApiToken } from "../db/api_tokens.ts";
import type { Session } from "../db/sessions.ts";
import type { User } from "../db/users.ts";
import { AccountState } from "./account_state.tsx";
import { ApiTokens, type TokenDays } from "./api_tokens.tsx";
import {
  ErrorSummary,
  Field,
  type FieldErrors,
  SubmitButton,
} from "./form.tsx";
import { PasswordHint } from "./password_hint.tsx";
import { ProfileFields } from "./profile_fields.tsx";
import { SessionList } from "./session_list.tsx";

/** What the page of an account shows. */
export interface AccountPageProps {
  user: User;
  sessions: Session[];
  tokens: ApiToken[];
  tokenDays: TokenDays;
  /** Id of the session that looks at the page. */
  current: string | null;
  /** What was just done, as a sentence. */
  done?: string;
  errors?: FieldErrors;
  /** What was typed into the profile, when it was wrong. */
  values?: Record<string, string>;
  /** What was typed into the form of a token, when it was wrong. */
  tokenValues?: Record<string, string>;
}

/** A user's own account. Before the address is confirmed it is only the state. */
export function AccountPage(props: AccountPageProps) {
  const { user, sessions, tokens, current, done, errors = {}, values } = props;
  return (
    <section>
      <h1>Your account</h1>
      {done && <p class="note" role="status">{done}</p>}
      <ErrorSummary errors={errors} />
      <AccountState user={user} />
      {user.state !== "unverified" && (
        <>
          <div class="split">
            <ProfileForm user={user} values={values} errors={errors} />
            <PasswordForm user={user} errors={errors} />
          </div>
          <SessionList sessions={sessions} current={current} />
          {user.state === "approved" && (
            <ApiTokens
              tokens={tokens}
              days={props.tokenDays}
              values={props.tokenValues}
              errors={errors}
            />
          )}
        </>
      )}
    </section>
  );
}

function ProfileForm(
  { user, values, errors }: {
    user: User;
    values?: Record<string, string>;
    errors: FieldErrors;
  },
) {
  const shown = values ?? { ...user } as Record<string, unknown>;
  return (
    <section id="profile">
      <h2>Profile</h2>
      <form method="post" action="/account/profile" novalidate>
        <ProfileFields
          values={shown as Record<string, string | null>}
          errors={errors}
        />
        <SubmitButton>Save the profile</SubmitButton>
      </form>
    </section>
  );
}

function PasswordForm({ user, errors }: { user: User; errors: FieldErrors }) {
  return (
    <section id="password-change">
      <h2>Password</h2>
      <p>Changing it ends all your other sessions and all your API tokens.</p>
      <form method="post" action="/account/password" novalidate>
        {/* Tells password managers which account this is. */}
        <input
          type="hidden"
          name="username"
          autocomplete="username"
          value={user.email}
        />
        <Field
          name="current"
          label="Current password"
          type="password"
          autocomplete="current-password"
          error={errors.current}
        />
        <Field
          name="password"
          label="New password"
          type="password"
          hint={<PasswordHint />}
          autocomplete="new-password"
          error={errors.password}
        />
        <SubmitButton>Change the password</SubmitButton>
      </form>
    </section>
  );
}
