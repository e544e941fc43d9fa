import type { TokenState } from "../db/tokens.ts";
import {
  ErrorSummary,
  Field,
  type FieldErrors,
  SubmitButton,
} from "./form.tsx";
import { When } from "./values.tsx";

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

/** The page of a mailed link: whose registration it is, and one button. */
export function ConfirmPage(
  { name, sent_at, replaced_another, action, error }: {
    /** As the form gave it. */
    name: string;
    /** When the form was sent. */
    sent_at: Date;
    /** The address was registered before: the password is asked for. */
    replaced_another: boolean;
    action: string;
    /** What is wrong with the password. */
    error?: string;
  },
) {
  return (
    <section class="prose">
      <h1>Confirm your address</h1>
      <p>
        You confirm the registration of <strong>{name}</strong>, sent on{" "}
        <When at={sent_at} />.{" "}
        <strong>Confirm only if you filled in this form yourself.</strong>{" "}
        Otherwise do nothing: without confirmation it is deleted after 7 days.
      </p>
      <ErrorSummary errors={{ password: error }} />
      <form method="post" action={action} novalidate>
        {replaced_another && <LatestPassword error={error} />}
        <SubmitButton>Confirm my address</SubmitButton>
      </form>
    </section>
  );
}

/** Two people may have registered the same address; the one who confirms must be the one whose password counts. */
function LatestPassword({ error }: { error?: string }) {
  return (
    <>
      <p>
        This address was registered more than once, and only the last
        registration counts. To show that it is yours, give the password you
        chose in it. If somebody else sent it,{" "}
        <a href="/register">register again</a>.
      </p>
      <Field
        name="password"
        label="Password"
        type="password"
        autocomplete="current-password"
        error={error}
      />
    </>
  );
}

/** The page of a mailed link that is of no use any more: what to do now. */
export function UselessLinkPage({ state }: { state: TokenState }) {
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
