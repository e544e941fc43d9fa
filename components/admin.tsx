import type { Child } from "hono/jsx";
import type { Overview } from "../db/overview.ts";
import { count } from "./format.ts";
import { Ago } from "./values.tsx";

/** The parts of the administration, in the order of its links. */
const PARTS: { href: string; label: string; what: string }[] = [
  {
    href: "/admin/users",
    label: "Accounts",
    what: "decide on applicants, suspend, change roles",
  },
  {
    href: "/admin/downloads",
    label: "Downloads and queue",
    what: "progress, errors, retry, cancel",
  },
  {
    href: "/admin/catalogue",
    label: "Catalogue",
    what: "last look at the source, unreadable documents",
  },
  {
    href: "/admin/audit",
    label: "Audit log",
    what: "who did what, and when",
  },
];

/** What needs attention, and where to go. */
export function AdminPage({ overview }: { overview: Overview }) {
  const o = overview;
  return (
    <section>
      <h1>Administration</h1>
      <dl class="tiles">
        <Tile label="Applicants waiting" href="/admin/users?state=pending">
          {count(o.pending)}
          {o.pending_since && (
            <small>
              the first came <Ago at={o.pending_since} />
            </small>
          )}
        </Tile>
        <Tile label="Approved accounts" href="/admin/users?state=approved">
          {count(o.users)}
        </Tile>
        <Tile label="Downloads in work" href="/admin/downloads">
          {count(o.unfinished)}
          {o.failed > 0 && <small>{count(o.failed)} failed today</small>}
        </Tile>
        <Tile label="Jobs in the queue" href="/admin/downloads">
          {count(o.jobs)}
          {o.failing_jobs > 0 && (
            <small>{count(o.failing_jobs)} failed at least once</small>
          )}
        </Tile>
        <Tile label="Workers" href="/admin/downloads">
          {count(o.workers)}
          {o.workers === 0 && <small>nothing is worked on</small>}
        </Tile>
        <Tile label="Runs" href="/admin/catalogue">
          {count(o.runs)}
          {o.unreadable > 0 && (
            <small>{count(o.unreadable)} documents unreadable</small>
          )}
        </Tile>
        <Tile label="Last look at the source" href="/admin/catalogue">
          <Ago at={o.synced_at} />
        </Tile>
      </dl>
      <ul>
        {PARTS.map(({ href, label, what }) => (
          <li>
            <a href={href}>{label}</a>: {what}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tile(
  { label, href, children }: { label: string; href: string; children: Child },
) {
  return (
    <div>
      <dt>
        <a href={href}>{label}</a>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
