import type { QueueJob } from "../db/queue_state.ts";
import { Ago, None } from "./values.tsx";
import { StateBadge } from "./states.tsx";

/** A pool of workers that has beaten lately. */
export interface Pool {
  id: string;
  started_at: Date;
  beat_at: Date;
}

/** Jobs that wait or run. */
export function JobTable({ jobs }: { jobs: QueueJob[] }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Jobs">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">State</th>
            <th scope="col">Attempts</th>
            <th scope="col">Next</th>
            <th scope="col">Error</th>
            <th scope="col">Do</th>
          </tr>
        </thead>
        <tbody>{jobs.map((job) => <JobLine job={job} />)}</tbody>
      </table>
    </div>
  );
}

function JobLine({ job }: { job: QueueJob }) {
  const { id, name, attempts, max_attempts, locked_at, last_error } = job;
  return (
    <tr id={`job-${id}`}>
      <td>{name}</td>
      <td>
        <StateBadge state={jobState(job)} />
      </td>
      <td class="num">{attempts} of {max_attempts}</td>
      <td>
        <Ago at={job.run_at} />
      </td>
      <td>{last_error ? firstLine(last_error) : <None />}</td>
      <td>
        <Actions
          to={`/admin/jobs/${id}`}
          of={`${name} ${id}`}
          cancel={locked_at === null}
          retry={locked_at === null}
        />
      </td>
    </tr>
  );
}

function jobState({ locked_at, attempts, max_attempts, last_error }: QueueJob) {
  if (locked_at) return "running";
  if (attempts >= max_attempts) return "failed";
  return last_error ? "waiting" : "queued";
}

/** Who works. */
export function PoolTable({ pools }: { pools: Pool[] }) {
  if (pools.length === 0) {
    return <p class="note">No worker is alive: nothing is worked on.</p>;
  }
  return (
    <ul>
      {pools.map(({ id, started_at, beat_at }) => (
        <li id={`pool-${id}`}>
          <code>{id}</code>, started <Ago at={started_at} />, last sign of life
          {" "}
          <Ago at={beat_at} />
        </li>
      ))}
    </ul>
  );
}

/** Buttons of one row. */
export function Actions(
  { to, of, cancel, retry }: {
    to: string;
    /** What is acted on, for those who do not see the row. */
    of: string;
    cancel: boolean;
    retry: boolean;
  },
) {
  return (
    <div class="inline">
      {retry && (
        <form method="post" action={`${to}/retry`}>
          <button type="submit" class="link">
            Retry<span class="visually-hidden">{of}</span>
          </button>
        </form>
      )}
      {cancel && (
        <form
          method="post"
          action={`${to}/cancellation`}
          hx-post={`${to}/cancellation`}
          hx-confirm={`Cancel ${of}?`}
          hx-swap="none"
        >
          <button type="submit" class="link">
            Cancel<span class="visually-hidden">{of}</span>
          </button>
        </form>
      )}
    </div>
  );
}

/** The first line of an error, for a table's cell. */
export function firstLine(text: string): string {
  return text.split("\n")[0]!.slice(0, 300);
}
