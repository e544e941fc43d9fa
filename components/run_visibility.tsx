import type { HiddenRun } from "../db/visibility.ts";
import { Field, type FieldErrors, SubmitButton } from "./form.tsx";
import { StateBadge } from "./states.tsx";
import { Ago, None } from "./values.tsx";

/** For administrators: takes a run down. */
export function HideForm(
  { id, errors = {}, values = {} }: {
    id: number;
    errors?: FieldErrors;
    values?: Partial<Record<string, string>>;
  },
) {
  return (
    <section id="visibility" class="prose">
      <h2>Take this run down</h2>
      <form method="post" action={`/admin/runs/${id}/visibility`}>
        <Field
          name="reason"
          label="Reason"
          hint="For administrators. The run leaves search, pages and new archives; archives and links that hold it end at once. It stays hidden over syncs and new uploads."
          rows={2}
          maxlength={2000}
          error={errors.reason ?? errors.hidden}
          value={values.reason}
        />
        <SubmitButton kind="danger" name="hidden" value="yes">
          Hide run {id}
        </SubmitButton>
      </form>
    </section>
  );
}

/** The form again, with what is wrong in it. */
export function HideFormPage(
  { id, errors, values }: {
    id: number;
    errors: FieldErrors;
    values: Partial<Record<string, string>>;
  },
) {
  return (
    <>
      <h1>Run {id}</h1>
      <HideForm id={id} errors={errors} values={values} />
      <p>
        <a href={`/runs/${id}`}>Back to the run</a>
      </p>
    </>
  );
}

/** For administrators: what is hidden, why, and a button for each that shows it again. */
export function HiddenRuns({ runs }: { runs: HiddenRun[] }) {
  if (runs.length === 0) {
    return (
      <p class="empty">No run is hidden. A run's page has the form for it.</p>
    );
  }
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Hidden runs">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Folder</th>
            <th scope="col">Hidden</th>
            <th scope="col">By</th>
            <th scope="col">Reason</th>
            <th scope="col">In the source</th>
            <th scope="col">Do</th>
          </tr>
        </thead>
        <tbody>{runs.map((run) => <HiddenLine run={run} />)}</tbody>
      </table>
    </div>
  );
}

function HiddenLine({ run }: { run: HiddenRun }) {
  return (
    <tr id={`hidden-${run.id}`}>
      <td>{run.id}</td>
      <td>{run.name || <None />}</td>
      <td>
        <Ago at={run.hidden_at} />
      </td>
      <td>{run.hidden_by ?? <None />}</td>
      <td>{run.hidden_reason ?? <None />}</td>
      <td>
        {run.vanished ? <StateBadge state="missing" label="no more" /> : "yes"}
      </td>
      <td>
        <form method="post" action={`/admin/runs/${run.id}/visibility`}>
          <button type="submit" class="link" name="hidden" value="no">
            Show again<span class="visually-hidden">run {run.id}</span>
          </button>
        </form>
      </td>
    </tr>
  );
}
