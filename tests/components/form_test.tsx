import { expect } from "expect";
import { Checkbox, ErrorSummary, Field } from "../../components/form.tsx";

Deno.test("Field ties hint and error to its control", () => {
  const html = String(
    <Field
      name="current password"
      label="Password"
      type="password"
      hint="The one you use now."
      error="That is not your password"
      value="secret"
    />,
  );
  expect(html).toContain('for="current-password"');
  expect(html).toContain('id="current-password"');
  expect(html).toContain('name="current password"');
  expect(html).toContain('aria-invalid="true"');
  expect(html).toContain(
    'aria-describedby="current-password-error current-password-hint"',
  );
  expect(html.indexOf("That is not")).toBeLessThan(html.indexOf("<input"));
  expect(html).not.toContain("secret");
});

Deno.test("Field without an error claims nothing, and escapes its value", () => {
  const value = '"><b>';
  const html = String(<Field name="name" label="Name" value={value} />);
  expect(html).not.toContain("aria-");
  expect(html).not.toContain("<b>");
  expect(html).toContain("required");
});

Deno.test("Field marks optional fields and does not require them", () => {
  const html = String(<Field name="orcid" label="ORCID iD" optional />);
  expect(html).toContain("(optional)");
  expect(html).not.toContain("required");
});

Deno.test("Field draws lists with the chosen value", () => {
  const options = [{ value: "a", label: "A" }, { value: "b", label: "B" }];
  const html = String(
    <Field name="role" label="Role" options={options} value="b" />,
  );
  expect(html).toContain('<option value="b" selected');
  expect(html).not.toContain('<option value="a" selected');
});

Deno.test("Checkbox puts its label after the box", () => {
  const html = String(<Checkbox name="terms" label="I accept" checked />);
  expect(html.indexOf("<input")).toBeLessThan(html.indexOf("I accept"));
  expect(html).toContain("checked");
});

Deno.test("ErrorSummary links each message to its field and takes the focus", () => {
  const html = String(
    <ErrorSummary
      errors={{ email: "Give your e-mail address", "": "Try again" }}
    />,
  );
  expect(html).toContain('<a href="#email">Give your e-mail address</a>');
  expect(html).toContain("<li>Try again</li>");
  expect(html).toContain('role="alert"');
  expect(html).toContain("autofocus");
});

Deno.test("ErrorSummary is absent without errors", () => {
  expect(ErrorSummary({ errors: { email: undefined } })).toBe(null);
});
