import type { Child } from "hono/jsx";
import { Field, type FieldErrors } from "./form.tsx";

/** What a user says about themselves; `children` stand after the name. */
export function ProfileFields(
  { values, errors, children }: {
    values: Partial<Record<string, string | null>>;
    errors: FieldErrors;
    children?: Child;
  },
) {
  const of = (name: string) => ({
    name,
    value: values[name],
    error: errors[name],
  });
  return (
    <>
      <Field {...of("name")} label="Name" autocomplete="name" maxlength={120} />
      {children}
      <Field
        {...of("affiliation")}
        label="Affiliation"
        hint="Your university, institute or company."
        autocomplete="organization"
        maxlength={200}
      />
      <Field
        {...of("position")}
        label="Position"
        hint="For instance PhD student, staff scientist, professor."
        autocomplete="organization-title"
        maxlength={120}
      />
      <Field
        {...of("orcid")}
        label="ORCID iD"
        hint="Like 0000-0002-1825-0097."
        optional
        maxlength={40}
      />
      <Field
        {...of("reason")}
        label="What do you want to use the data for?"
        hint="One or two sentences; the administrator decides by them."
        rows={4}
        maxlength={2000}
      />
    </>
  );
}
