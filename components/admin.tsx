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
  return (
    <section>
      <h1>Administration</h1>
      <dl class="tiles">
        {TILES.map((tile) => <Tile {...tile} overview={overview} />)}
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

interface TileOf {
  label: string;
  href: string;
  value(o: Overview): Child;
  /** Said below the value when there is something to say. */
  note?(o: Overview): Child;
}

const TILES: TileOf[] = [
  {
    label: "Applicants waiting",
    href: "/admin/users?state=pending",
    value: (o) => count(o.pending),
    note: (o) =>
      o.pending_since && (
        <>
          the first came <Ago at={o.pending_since} />
        </>
      ),
  },
  {
    label: "Approved accounts",
    href: "/admin/users?state=approved",
    value: (o) => count(o.users),
  },
  {
    label: "Downloads in work",
    href: "/admin/downloads",
    value: (o) => count(o.unfinished),
    note: (o) => o.failed > 0 && `${count(o.failed)} failed today`,
  },
  {
    label: "Jobs in the queue",
    href: "/admin/downloads",
    value: (o) => count(o.jobs),
    note: (o) =>
      o.failing_jobs > 0 && `${count(o.failing_jobs)} failed at least once`,
  },
  {
    label: "Workers",
    href: "/admin/downloads",
    value: (o) => count(o.workers),
    note: (o) => o.workers === 0 && "nothing is worked on",
  },
  {
    label: "Runs",
    href: "/admin/catalogue",
    value: (o) => count(o.runs),
    note: (o) =>
      o.unreadable > 0 && `${count(o.unreadable)} documents unreadable`,
  },
  {
    label: "Last look at the source",
    href: "/admin/catalogue",
    value: (o) => <Ago at={o.synced_at} />,
  },
];

function Tile(
  { label, href, value, note, overview }: TileOf & { overview: Overview },
) {
  const below = note?.(overview);
  return (
    <div>
      <dt>
        <a href={href}>{label}</a>
      </dt>
      <dd>
        {value(overview)}
        {below && <small>{below}</small>}
      </dd>
    </div>
  );
}
