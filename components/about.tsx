import type { CatalogueCounts } from "../db/catalogue_counts.ts";
import { Citation } from "./citation.tsx";
import { plural } from "./format.ts";

interface AboutProps {
  counts: CatalogueCounts;
  /** The runs are analytic models. */
  demo: boolean;
  /** Hours that a finished archive is kept. */
  archiveHours: number;
  /** Minutes between two looks for new runs. */
  syncMinutes: number;
  /** Of the terms of use. */
  termsVersion: string;
}

/** What the database is, under which rules, and what is kept of its users. */
export function AboutPage(props: AboutProps) {
  return (
    <div class="prose">
      <h1>About MGKDB</h1>
      <p class="lede">
        A database of gyrokinetic simulations of fusion plasmas: inputs, outputs
        and the quantities that make runs of different codes comparable.
      </p>
      {props.demo && <DemoNote />}
      <Contents {...props} />
      <Running {...props} />
      <Policy {...props} />
      <Privacy {...props} />
      <section id="cite">
        <h2>How to cite</h2>
        <Citation />
      </section>
    </div>
  );
}

function DemoNote() {
  return (
    <div class="note" id="demo">
      <p>
        <strong>This installation shows demo data.</strong>{" "}
        Its runs are written by formulas: published critical gradients, growth
        rate spectra of simple shape, a model of saturation with noise. They
        look like the output of the codes they are labelled with, and are not.
        Draw no conclusions from them.
      </p>
    </div>
  );
}

function Contents({ counts }: Pick<AboutProps, "counts">) {
  const codes = counts.codes.map((c) => c.code).filter((c) => c !== null);
  return (
    <section>
      <h2>What is in it</h2>
      <p>
        {plural(counts.total, "run")}
        {codes.length > 0 && ` of ${inWords(codes)}`}. A run is one simulation:
        the code's input, the flux surface and the species it describes, growth
        rates and frequencies of a linear run or fluxes, spectra and time traces
        of a nonlinear one, and the files that were uploaded with it.
      </p>
      <p>
        Uploaders convert their runs to the layout of the IMAS data dictionary
        for gyrokinetics; runs from before 2024 have the layout of the GKDB
        project. This site reads both into the same columns, which the{" "}
        <a href="/glossary">glossary</a>{" "}
        explains one by one: where each is read from, in which unit, and by
        which formula it is worked out. Nothing is corrected silently. A value
        that a document does not hold stays empty; a growth rate that no
        gradient could drive is shown and marked.
      </p>
    </section>
  );
}

function Running({ syncMinutes }: Pick<AboutProps, "syncMinutes">) {
  return (
    <section>
      <h2>Who runs it</h2>
      <p>
        The database and the tools that fill it belong to the MGKDB project (
        <a href="https://github.com/Sapientai/MGKDB">
          github.com/Sapientai/MGKDB
        </a>). This site only ever reads the database. It looks for new runs
        every{" "}
        {plural(syncMinutes, "minute")}. The administrators of this installation
        decide on accounts; write to the address that the site's mails come
        from.
      </p>
    </section>
  );
}

function Policy({ termsVersion }: Pick<AboutProps, "termsVersion">) {
  return (
    <section id="policy">
      <h2 id="terms">Data policy and terms of use</h2>
      <p class="muted">Version {termsVersion}</p>
      <ul>
        <li>
          Accounts are for research. Each is for one person; do not share the
          password, or links to archives with people outside your work.
        </li>
        <li>
          Runs belong to those who made them. Before you publish results that
          rest on a run, tell its uploader, and cite the database.
        </li>
        <li>
          Confidence levels are the uploader's own judgement. Nobody warrants
          that a run is right: check resolution and convergence yourself.
        </li>
        <li>Do not try to find out more about a person than pages show.</li>
        <li>
          An administrator may hide a run, or suspend an account that is used
          against these terms; the reason is told.
        </li>
      </ul>
    </section>
  );
}

function Privacy({ archiveHours }: Pick<AboutProps, "archiveHours">) {
  return (
    <section id="privacy">
      <h2>Privacy</h2>
      <p>
        What is kept of you, and for how long. There is no tracking and no
        third-party content. One cookie holds your log-in; another, for 180
        days, tells that this browser has logged in before, so that somebody
        else's wrong passwords cannot lock you out. After registering a third
        one holds your e-mail address for one hour, so that the next page can
        say where the mail went.
      </p>
      <div class="scroll" tabindex={0} role="region" aria-label="What is kept">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Why</th>
              <th scope="col">How long</th>
            </tr>
          </thead>
          <tbody>
            {kept(archiveHours).map(([what, why, long]) => (
              <tr>
                <th scope="row">{what}</th>
                <td>{why}</td>
                <td>{long}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        Administrators see your profile and your requests. To have an account
        deleted, write to the address that the site's mails come from.
      </p>
    </section>
  );
}

/** What is kept, why, how long; the periods are those of the clean-up job. */
function kept(archiveHours: number): [string, string, string][] {
  return [
    [
      "Name, e-mail address, affiliation, position, ORCID, reason",
      "To decide on the account, and to reach you",
      "While the account exists; 7 days if you never confirm the address, 90 days after a rejection",
    ],
    [
      "Password",
      "To log you in",
      "Only as an Argon2id hash, while the account exists",
    ],
    [
      "Log-ins: time, browser, address",
      "So that you can see and end them",
      "Until they end: at most 7 days",
    ],
    [
      "API tokens: name, times of making and last use",
      "So that you can see and revoke them",
      "Only as a SHA-256, until they end: at most 365 days",
    ],
    [
      "Downloads: what was asked for, and the archive",
      "To build and serve it",
      `The archive ${
        plural(archiveHours, "hour")
      }; the request while the account exists`,
    ],
    [
      "Limits: the address (of IPv6 the network) that log-ins, registrations, mails and mailed links were asked for from",
      "So that nobody can try passwords or send mails without end",
      "At most 1 hour and 10 minutes after the last request",
    ],
    [
      "Audit log: log-ins, API tokens made and revoked, decisions, downloads, each with the network (not the address) they came from",
      "To find out about misuse",
      "1 year",
    ],
  ];
}

function inWords(words: string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
