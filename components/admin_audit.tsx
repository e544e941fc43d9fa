import type { AuditLine } from "../db/audit.ts";
import { SubmitButton } from "./form.tsx";
import { MorePager } from "./more_pager.tsx";
import { None } from "./values.tsx";

/** Which lines are listed. */
export interface AuditFilter {
  action?: string;
  target?: string;
  page: number;
}

/** The audit log, newest first. */
export function AdminAuditPage(
  { lines, actions, filter, more }: {
    lines: AuditLine[];
    /** Every action that the log holds. */
    actions: string[];
    filter: AuditFilter;
    /** There is another page. */
    more: boolean;
  },
) {
  return (
    <section>
      <h1>Audit log</h1>
      <form method="get" action="/admin/audit" class="inline find">
        {filter.target && (
          <input type="hidden" name="target" value={filter.target} />
        )}
        <label for="action">Action</label>
        <select id="action" name="action">
          {["", ...actions].map((value) => (
            <option value={value} selected={value === (filter.action ?? "")}>
              {value || "all"}
            </option>
          ))}
        </select>
        <SubmitButton kind="secondary">Show</SubmitButton>
      </form>
      {lines.length === 0
        ? <p class="empty">No line matches.</p>
        : <AuditTable lines={lines} />}
      <MorePager
        page={filter.page}
        more={more}
        href={(page) => hrefOf({ ...filter, page })}
      />
    </section>
  );
}

/** Lines of the audit log. Times are UTC; addresses are kept as networks. */
export function AuditTable({ lines }: { lines: AuditLine[] }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Audit log">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">Who</th>
            <th scope="col">From</th>
            <th scope="col">Action</th>
            <th scope="col">What</th>
            <th scope="col">Outcome</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <tbody>{lines.map((line) => <AuditRow line={line} />)}</tbody>
      </table>
    </div>
  );
}

function AuditRow({ line }: { line: AuditLine }) {
  return (
    <tr id={`audit-${line.id}`}>
      <td>
        <time datetime={line.at.toISOString()}>{seconds(line.at)}</time>
      </td>
      <td>{line.actor ?? <None />}</td>
      <td>{line.ip ?? <None />}</td>
      <td>{line.action}</td>
      <td>{line.target ? <Target target={line.target} /> : <None />}</td>
      <td>{line.outcome}</td>
      <td>
        {Object.entries(line.detail).map(([k, v]) => `${k}: ${v}`).join(", ")}
      </td>
    </tr>
  );
}

/** Accounts have a page of their own; other nouns are named. */
function Target({ target }: { target: string }) {
  const id = /^user:(.+)$/.exec(target)?.[1];
  return id ? <a href={`/admin/users/${id}`}>{target}</a> : <>{target}</>;
}

function seconds(at: Date): string {
  return at.toISOString().slice(0, 19).replace("T", " ");
}

function hrefOf({ action, target, page }: AuditFilter): string {
  const query = new URLSearchParams();
  if (action) query.set("action", action);
  if (target) query.set("target", target);
  if (page > 1) query.set("page", String(page));
  return query.size > 0 ? `/admin/audit?${query}` : "/admin/audit";
}
