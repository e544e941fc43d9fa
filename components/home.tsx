import type {
  CatalogueCounts,
  CodeCounts,
  NewRun,
} from "../db/catalogue_counts.ts";
import type { User } from "../db/users.ts";
import { Citation } from "./citation.tsx";
import { count, plural } from "./format.ts";
import { Ago, None } from "./values.tsx";

/** Questions that show what a search can be, each as the address that answers it. */
const EXAMPLES = [
  {
    href: "/runs?RLTi_min=6&code=GENE&kind=nonlinear",
    text: "Nonlinear GENE runs with a steep ion temperature gradient",
  },
  {
    href: "/runs?beta_e_min=0.005&electromagnetic=yes&kind=linear&sort=-gamma",
    text: "Electromagnetic linear runs, the fastest growing first",
  },
  {
    href: "/runs?code=CGYRO&code=TGLF&gamma_min=0&ky_max=1&kind=linear",
    text: "Unstable ion scales in CGYRO and TGLF",
  },
];

/** The front page: what this is, how much it holds, and the way in. */
export function HomePage(
  { user, counts, newest, picture }: {
    user: User | null;
    counts: CatalogueCounts;
    newest: NewRun[];
    /** Address of the drawing beside the search box. */
    picture: string;
  },
) {
  return (
    <>
      <div class="hero">
        <div>
          <h1>Gyrokinetic simulations, ready to compare</h1>
          <p class="lede">
            MGKDB collects linear and nonlinear gyrokinetic simulations of
            fusion plasmas from several codes in one layout and one
            normalisation, with their complete outputs to download.
          </p>
          <SearchBox user={user} />
        </div>
        <img src={picture} alt="" width="210" height="277" />
      </div>
      <Holdings counts={counts} />
      {user?.state === "approved" && <Newest runs={newest} />}
      {user?.state !== "approved" && <Access user={user} />}
      <section id="cite">
        <h2>How to cite</h2>
        <Citation />
      </section>
    </>
  );
}

function SearchBox({ user }: { user: User | null }) {
  return (
    <search>
      <form method="get" action="/runs">
        <label for="text">Search runs</label>
        <div class="inline">
          <input
            type="search"
            id="text"
            name="text"
            maxlength={200}
            aria-describedby="text-hint"
          />
          <button type="submit">Search</button>
        </div>
        <p class="hint" id="text-hint">
          Words from keywords, comments, device, scenario or folder.
          {user ? "" : " Searching needs an account; you are asked to log in."}
        </p>
      </form>
      <ul class="plain" aria-label="Examples">
        {EXAMPLES.map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </search>
  );
}

function Holdings({ counts }: { counts: CatalogueCounts }) {
  return (
    <section aria-labelledby="holdings">
      <h2 id="holdings">What it holds</h2>
      {counts.total === 0
        ? <p class="empty">The catalogue is empty: it is still being read.</p>
        : <CountsTable counts={counts} />}
    </section>
  );
}

function CountsTable({ counts: { codes, total, devices, as_of } }: {
  counts: CatalogueCounts;
}) {
  return (
    <>
      <div class="scroll" tabindex={0} role="region" aria-label="Runs by code">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col" class="num">Linear</th>
              <th scope="col" class="num">Nonlinear</th>
              <th scope="col" class="num">Quasilinear</th>
              <th scope="col" class="num">All</th>
              <th scope="col">
                <span class="visually-hidden">Share</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {codes.map((row) => (
              <tr>
                <th scope="row">{row.code ?? "not named"}</th>
                <td class="num">{count(row.linear)}</td>
                <td class="num">{count(row.nonlinear)}</td>
                <td class="num">{count(row.quasilinear)}</td>
                <td class="num">{count(row.total)}</td>
                <td>
                  <Bar of={row} most={codes[0]!.total} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted">
        {plural(total, "run")} of {plural(codes.length, "code")} for{" "}
        {plural(devices, "device")}
        {as_of && (
          <>
            ; catalogue read <Ago at={as_of} />
          </>
        )}.
      </p>
    </>
  );
}

/** Linear, nonlinear and quasilinear runs of a code side by side, the largest code at full width. */
function Bar({ of: row, most }: { of: CodeCounts; most: number }) {
  const ends = [row.linear, row.nonlinear, row.quasilinear].reduce<number[]>(
    (sums, n) => [...sums, (sums.at(-1) ?? 0) + n],
    [],
  );
  return (
    <svg
      class="bar"
      viewBox={`0 0 ${most} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {ends.map((end, n) => (
        <rect
          class={`s${n}`}
          x={ends[n - 1] ?? 0}
          width={end - (ends[n - 1] ?? 0)}
          height="1"
        />
      ))}
    </svg>
  );
}

function Newest({ runs }: { runs: NewRun[] }) {
  return (
    <section aria-labelledby="newest">
      <h2 id="newest">Newest runs</h2>
      {runs.length === 0 && <p class="empty">No run has been uploaded yet.</p>}
      <ul class="plain newest">
        {runs.map((run) => (
          <li>
            <a href={`/runs/${run.id}`}>Run {run.id}</a>
            <span>{run.code ?? <None />} {run.kind}</span>
            <span class="mono">{run.folder}{run.suffix}</span>
            <span class="muted">
              <Ago at={run.uploaded_at} />
            </span>
          </li>
        ))}
      </ul>
      <p>
        <a href="/runs">All runs</a> · <a href="/downloads">Your downloads</a>
      </p>
    </section>
  );
}

/** What still lies between the visitor and the data. */
function Access({ user }: { user: User | null }) {
  return (
    <section id="access">
      <h2>How to get access</h2>
      {user && (
        <p class="note">
          You are signed in, but your account is not approved.{" "}
          <a href="/account">See what is missing</a>.
        </p>
      )}
      <ol>
        <li>
          <a href="/register">Register</a>{" "}
          with the address of your institute and a sentence on what you need the
          data for.
        </li>
        <li>Confirm the address by the link in the mail that you get.</li>
        <li>
          An administrator looks at the request; you get a mail with the
          decision.
        </li>
        <li>Log in, search and download. Reading needs no other account.</li>
      </ol>
      <p>
        <a href="/getting-started">Getting started</a>{" "}
        shows the way from a question to a file on your disk.
      </p>
    </section>
  );
}
