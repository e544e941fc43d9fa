import type { Child } from "hono/jsx";

/** What is wrong with a form: field name -> sentence. The empty name stands for the form as a whole. */
export type FieldErrors = Partial<Record<string, string>>;

/** One choice of a {@linkcode Field} drawn as a list. */
export interface Option {
  value: string;
  label: string;
}

/** A labelled input: label above, hint below it, error directly above the control. */
export interface FieldProps {
  /** Name that is sent; the control's id is made from it ({@linkcode fieldId}). */
  name: string;
  label: string;
  /** One sentence below the label: what is wanted, and why. */
  hint?: Child;
  /** The sentence that says what to correct; marks the control invalid. */
  error?: string;
  /** Never filled in again for passwords. */
  value?: string | null;
  /** Default: text. */
  type?: "text" | "email" | "password" | "search" | "number" | "url";
  /** Optional fields say so beside the label. */
  optional?: boolean;
  /** Draws a text area of so many lines. */
  rows?: number;
  /** Draws a list of choices. */
  options?: Option[];
  autocomplete?: string;
  inputmode?: "text" | "decimal" | "numeric" | "email";
  minlength?: number;
  maxlength?: number;
  /** Id of the control, where the name alone would not be unique on the page. */
  id?: string;
}

/** A labelled control in the manner of GOV.UK; errors are announced with it. */
export function Field(props: FieldProps) {
  const { name, label, hint, error, optional } = props;
  const id = props.id ?? fieldId(name);
  return (
    <div class={error ? "field invalid" : "field"}>
      <label for={id}>
        {label} {optional && <span class="optional">(optional)</span>}
      </label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <FieldError id={id} message={error} />}
      <Control {...props} id={id} />
    </div>
  );
}

/** A single box to tick, its label to the right. */
export function Checkbox(
  { name, label, value = "yes", checked, hint, error, id = fieldId(name) }: {
    name: string;
    label: Child;
    /** Sent when ticked. */
    value?: string;
    checked?: boolean;
    hint?: Child;
    error?: string;
    id?: string;
  },
) {
  return (
    <div class={error ? "field invalid" : "field"}>
      {error && <FieldError id={id} message={error} />}
      <label class="check">
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value}
          checked={checked}
          {...described(id, hint, error)}
        />
        <span>{label}</span>
      </label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** What has to be corrected, above the form, with links to the fields; nothing when there are no errors. It takes the focus. */
export function ErrorSummary(
  { errors, title = "Please correct the following" }: {
    errors: FieldErrors;
    title?: string;
  },
) {
  const entries = Object.entries(errors).filter(([, message]) => message);
  if (entries.length === 0) return null;
  return (
    <div
      class="error-summary"
      role="alert"
      tabindex={-1}
      autofocus
      id="err-sum"
    >
      <h2>{title}</h2>
      <ul>
        {entries.map(([name, message]) => (
          <li>
            {name ? <a href={`#${fieldId(name)}`}>{message}</a> : message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A form's button. One per form is primary; `danger` marks what cannot be undone. */
export function SubmitButton(
  { children, kind = "primary", name, value }: {
    children: Child;
    kind?: "primary" | "secondary" | "danger" | "link";
    name?: string;
    value?: string;
  },
) {
  return (
    <button
      type="submit"
      class={kind === "primary" ? undefined : kind}
      name={name}
      value={value}
    >
      {children}
    </button>
  );
}

/** Id of the control of a field name: spaces and brackets are not allowed in a link's fragment. */
export function fieldId(name: string): string {
  return name.replaceAll(/[^\w-]+/g, "-");
}

function FieldError({ id, message }: { id: string; message: string }) {
  return (
    <p class="field-error" id={`${id}-error`}>
      <span class="visually-hidden">Error:</span> {message}
    </p>
  );
}

function Control(
  { id, name, value, type = "text", rows, options, hint, error, ...rest }:
    & FieldProps
    & { id: string },
) {
  const { optional, autocomplete, inputmode, minlength, maxlength } = rest;
  const common = {
    id,
    name,
    autocomplete,
    required: !optional,
    ...described(id, hint, error),
  };
  if (options) {
    return (
      <select {...common}>
        {options.map((o) => (
          <option value={o.value} selected={o.value === value}>
            {o.label}
          </option>
        ))}
      </select>
    );
  }
  const limits = { inputmode, minlength, maxlength };
  if (rows) {
    return <textarea {...common} {...limits} rows={rows}>{value}</textarea>;
  }
  return (
    <input
      {...common}
      {...limits}
      type={type}
      value={type === "password" ? undefined : value ?? undefined}
    />
  );
}

function described(id: string, hint: unknown, error: string | undefined) {
  const ids = [error && `${id}-error`, hint ? `${id}-hint` : ""];
  return {
    "aria-invalid": error ? "true" as const : undefined,
    "aria-describedby": ids.filter(Boolean).join(" ") || undefined,
  };
}
