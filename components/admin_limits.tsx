import type { Limits, LimitsForm } from "../db/limits.ts";
import { bytes, plural } from "./format.ts";
import {
  ErrorSummary,
  Field,
  type FieldErrors,
  SubmitButton,
} from "./form.tsx";

/** What the form of the limits shows. */
export interface LimitsView {
  /** What the environment says, and what it calls it. */
  settings: Limits;
  names: Record<keyof Limits, string>;
  /** What an administrator said; null where the environment holds. */
  said: LimitsForm;
  /** Free for archives on the volume, in bytes. */
  free: number;
  errors?: FieldErrors;
  values?: Partial<Record<string, string>>;
}

const FIELDS: { key: keyof Limits; label: string; words(n: number): string }[] =
  [
    {
      key: "archive_max_bytes",
      label: "Largest archive, in bytes",
      words: bytes,
    },
    {
      key: "user_quota_bytes",
      label: "Finished archives of one user, in bytes",
      words: bytes,
    },
    {
      key: "archive_ttl_hours",
      label: "Hours until a finished archive is deleted",
      words: (n) => plural(n, "hour"),
    },
    {
      key: "worker_archives",
      label: "Archives that one worker builds at once",
      words: (n) => plural(n, "archive"),
    },
  ];

/** For administrators: what bounds archives, and how to change it. */
export function LimitsSection({ view }: { view: LimitsView }) {
  const { said, settings, names, free, errors = {}, values } = view;
  return (
    <section id="limits" class="prose">
      <h2>Limits</h2>
      <p>
        The volume has room for {bytes(free)}{" "}
        more. One download of a user is in progress at a time. A change holds
        for what is asked for or finished from now on; workers follow within
        seconds, and archives in progress go on where they were.
      </p>
      <ErrorSummary errors={errors} />
      <form method="post" action="/admin/limits" novalidate>
        {FIELDS.map(({ key, label, words }) => (
          <Field
            name={key}
            label={said[key] === null
              ? label
              : `${label} (${words(said[key])})`}
            hint={`Empty: ${words(settings[key])}, by ${names[key]}.`}
            inputmode="numeric"
            optional
            maxlength={16}
            value={values ? values[key] : String(said[key] ?? "")}
            error={errors[key]}
          />
        ))}
        <SubmitButton kind="secondary">Set the limits</SubmitButton>
      </form>
    </section>
  );
}
