import {
  Checkbox,
  ErrorSummary,
  Field,
  type FieldErrors,
  SubmitButton,
} from "./form.tsx";
import { PasswordHint } from "./password_hint.tsx";
import { ProfileFields } from "./profile_fields.tsx";

/** The form of a new account. */
export function RegisterPage(
  { values, errors }: { values: Record<string, string>; errors: FieldErrors },
) {
  return (
    <section class="prose">
      <h1>Register</h1>
      <p class="lede">
        An account lets you search all simulations and download their files.
      </p>
      <ol class="steps">
        <li>You fill in this form.</li>
        <li>You confirm your e-mail address.</li>
        <li>An administrator looks at your request.</li>
        <li>You get a mail, and log in.</li>
      </ol>
      <ErrorSummary errors={errors} />
      <form method="post" action="/register" novalidate>
        <ProfileFields values={values} errors={errors}>
          <Field
            name="email"
            label="E-mail"
            type="email"
            hint="Of your institute if you have one: it helps the administrator."
            autocomplete="email"
            maxlength={254}
            value={values.email}
            error={errors.email}
          />
        </ProfileFields>
        <Field
          name="password"
          label="Password"
          type="password"
          hint={<PasswordHint />}
          autocomplete="new-password"
          error={errors.password}
        />
        <Checkbox
          name="terms"
          label={
            <>
              I accept the <a href="/about#policy">data policy</a>{" "}
              as terms of use
            </>
          }
          checked={values.terms === "yes"}
          error={errors.terms}
        />
        <SubmitButton>Register</SubmitButton>
      </form>
      <p>
        Already registered? <a href="/login">Log in</a>
      </p>
    </section>
  );
}
