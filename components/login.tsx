import {
  ErrorSummary,
  Field,
  type FieldErrors,
  SubmitButton,
} from "./form.tsx";

/** The log-in form. `next` is where it leads, already checked. */
export function LoginPage(
  { next, notice, email, errors = {} }: {
    next: string;
    notice?: string;
    email?: string;
    errors?: FieldErrors;
  },
) {
  return (
    <section class="prose">
      <h1>Log in</h1>
      {notice && <p class="note" role="status">{notice}</p>}
      <ErrorSummary errors={errors} title="You are not logged in" />
      <form method="post" action="/login" novalidate>
        <input type="hidden" name="next" value={next} />
        <Field
          name="email"
          label="E-mail"
          type="email"
          autocomplete="username"
          value={email}
          error={errors.email}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autocomplete="current-password"
        />
        <SubmitButton>Log in</SubmitButton>
      </form>
      <p>
        <a href="/reset">Forgotten the password?</a>
      </p>
      <p>
        No account yet? <a href="/register">Register</a>
      </p>
    </section>
  );
}
