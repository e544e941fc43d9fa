import { ErrorSummary, Field, SubmitButton } from "./form.tsx";
import { PasswordHint } from "./password_hint.tsx";

/** Asks for the address whose password was forgotten. */
export function AskResetPage(
  { sent, email, error }: { sent: boolean; email?: string; error?: string },
) {
  return (
    <section class="prose">
      <h1>Forgotten password</h1>
      {sent && (
        <p class="note" role="status">
          If there is an account with this address, a mail with a link is on its
          way.
        </p>
      )}
      <p>We send you a link with which you can choose a new one.</p>
      <ErrorSummary errors={{ email: error }} />
      <form method="post" action="/reset" novalidate>
        <Field
          name="email"
          label="E-mail"
          type="email"
          autocomplete="username"
          value={email}
          error={error}
        />
        <SubmitButton>Send the link</SubmitButton>
      </form>
    </section>
  );
}

/** Asks for the new password, or says that the link is of no use any more. */
export function NewPasswordPage(
  { valid, action, error }: { valid: boolean; action: string; error?: string },
) {
  if (!valid) {
    return (
      <section class="prose">
        <h1>This link no longer works</h1>
        <p>
          It was used before, is too old, or a newer one took its place.{" "}
          <a href="/reset">Ask for another one.</a>
        </p>
      </section>
    );
  }
  return (
    <section class="prose">
      <h1>New password</h1>
      <p>
        All your sessions and API tokens end; you log in again with the new
        password.
      </p>
      <ErrorSummary errors={{ password: error }} />
      <form method="post" action={action} novalidate>
        <Field
          name="password"
          label="New password"
          type="password"
          hint={<PasswordHint />}
          autocomplete="new-password"
          error={error}
        />
        <SubmitButton>Set the password</SubmitButton>
      </form>
    </section>
  );
}
