import type { TokenState } from "../db/tokens.ts";
import {
  ErrorSummary,
  Field,
  type FieldErrors,
  SubmitButton,
} from "./form.tsx";

/** Shown after registering: where to look, and how to get another mail. */
export function CheckMailPage(
  { email, sent, errors }: {
    email: string;
    /** Another mail was just asked for. */
    sent: boolean;
    errors: FieldErrors;
  },
) {
  return (
    <section class="prose">
      <h1>Confirm your address</h1>
      {sent && (
        <p class="note" role="status">
          If this address waits to be confirmed, a new link is on its way. Older
          links no longer work.
        </p>
      )}
      <p>
        We have sent a mail to{" "}
        {email ? <strong>{email}</strong> : "you"}. Open its link and press the
        button there. If the address already has an account, the mail says so
        instead.
      </p>
      <p>
        Not there after some minutes? Look into the spam folder, or ask for
        another one. A wrong address? <a href="/register">Register again.</a>
      </p>
      <ErrorSummary errors={errors} />
      <ResendForm email={email} error={errors.email} />
    </section>
  );
}

/** The page of a mailed link: one button, or what to do when the link is of no use any more. */
export function VerifyPage(
  { state, action }: { state: TokenState; action: string },
) {
  if (state === "valid") {
    return (
      <section class="prose">
        <h1>Confirm your address</h1>
        <p>
          Press the button to confirm that this e-mail address is yours.
        </p>
        <form method="post" action={action}>
          <SubmitButton>Confirm my address</SubmitButton>
        </form>
      </section>
    );
  }
  if (state === "used") {
    return (
      <section class="prose">
        <h1>Already confirmed</h1>
        <p>
          This link was used before. <a href="/login">Log in</a>{" "}
          to see the state of your account.
        </p>
      </section>
    );
  }
  return (
    <section class="prose">
      <h1>This link no longer works</h1>
      <p>
        {state === "expired"
          ? "It is too old."
          : "It is not complete, or a newer one took its place."}{" "}
        You can ask for another one.
      </p>
      <ResendForm email="" />
    </section>
  );
}

/** Asks for another mail with a link. */
export function ResendForm(
  { email, error }: { email: string; error?: string },
) {
  return (
    <form method="post" action="/verify/resend" novalidate>
      <Field
        name="email"
        label="E-mail"
        type="email"
        autocomplete="email"
        value={email}
        error={error}
      />
      <SubmitButton kind="secondary">Send another mail</SubmitButton>
    </form>
  );
}
