import type { Room } from "../db/archive_limits.ts";
import type { BuildEstimate } from "../db/build_estimate.ts";
import type { Fit } from "../db/fitting.ts";
import type { Part } from "../db/parts.ts";
import type { MissingFile, Preflight } from "../db/selection.ts";
import { bytes, count, duration, plural } from "./format.ts";
import { PartsForm, type SelectionFields } from "./parts_form.tsx";
import { Bytes } from "./values.tsx";

/** A smaller choice that fits; without an address when it names too many runs. */
export type Offer = Fit & { href: string | null };

/** Before the start: what the archive will hold, what is missing, and whether there is room. */
export function NewDownloadPage(
  { preflight, fields, parts, totals, room, problems, estimate, built, offers }:
    {
      preflight: Preflight;
      fields: SelectionFields;
      parts: Part[];
      /** Of the chosen parts. */
      totals: { files: number; bytes: number; missing: number };
      room: Room;
      /** Why it cannot be started as it is. */
      problems: string[];
      estimate: BuildEstimate;
      /** Somebody has asked for the same before. */
      built: "ready" | "building" | null;
      offers: Offer[];
    },
) {
  return (
    <>
      <h1>New download</h1>
      {problems.length > 0 && <Problems problems={problems} />}
      {offers.length > 0 && (
        <Offers offers={offers} asked={parts} runs={preflight.runs} />
      )}
      <dl class="tiles">
        <div>
          <dt>Runs</dt>
          <dd>{count(preflight.runs)}</dd>
        </div>
        <div>
          <dt>Files</dt>
          <dd>{count(totals.files)}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            <Bytes value={totals.bytes} />
          </dd>
        </div>
        <div>
          <dt>Missing</dt>
          <dd>{count(totals.missing)}</dd>
        </div>
      </dl>
      <p>
        Exactly {count(totals.bytes)}{" "}
        bytes of files, by the last look at the source; names, checksums,
        summaries and plots add a little. <Time {...{ estimate, built }} />
      </p>
      <PartsForm {...{ preflight, fields, parts }} />
      <RoomWords room={room} />
      {preflight.missing.length > 0 && (
        <Missing files={preflight.missing} total={totals.missing} />
      )}
    </>
  );
}

function Problems({ problems }: { problems: string[] }) {
  return (
    <div
      class="error-summary"
      role="alert"
      tabindex={-1}
      autofocus
      id="err-sum"
    >
      {problems.map((problem) => <p>{problem}</p>)}
    </div>
  );
}

/** What there would be room for, each with the address of its own pre-flight. */
function Offers(
  { offers, asked, runs }: { offers: Offer[]; asked: Part[]; runs: number },
) {
  return (
    <section id="offers">
      <h2>What would fit</h2>
      <ul>
        {offers.map((offer) => (
          <li>
            {offer.href
              ? <a href={offer.href}>{offerWords(offer, asked, runs)}</a>
              : offerWords(offer, asked, runs)}: {bytes(offer.bytes)}
            {!offer.href && "; narrow the search to get them"}
          </li>
        ))}
      </ul>
    </section>
  );
}

function offerWords({ first, parts }: Offer, asked: Part[], runs: number) {
  if (first) return `The first ${count(first.count)} of ${plural(runs, "run")}`;
  const left = asked.filter((part) => !parts.includes(part)).map((part) =>
    part === "files" ? "files other than input files" : part
  );
  return `All runs without ${left.join(" and ")}`;
}

/** How long it will take, by what others took lately. */
function Time(
  { estimate: { seconds, ahead }, built }: {
    estimate: BuildEstimate;
    built: "ready" | "building" | null;
  },
) {
  if (built === "ready") {
    return <>The same archive was built lately: it can be had at once.</>;
  }
  if (built === "building") {
    return <>The same archive is being built already: you will share it.</>;
  }
  const queue = ahead === 0
    ? "No archive is ahead of it."
    : `${plural(ahead, "archive")} ${ahead === 1 ? "is" : "are"} ahead of it.`;
  if (seconds === null) return <>{queue}</>;
  return (
    <>
      Building it takes about{" "}
      {duration(Math.max(seconds, 1))}, by the archives of the last days.{" "}
      {queue}
    </>
  );
}

function RoomWords({ room }: { room: Room }) {
  return (
    <p class="muted">
      One archive may have {bytes(room.max)}. Your finished archives take{" "}
      {bytes(room.used)} of {bytes(room.quota)}; the volume has room for{" "}
      {bytes(room.free)}.
    </p>
  );
}

function Missing(
  { files, total }: { files: MissingFile[]; total: number },
) {
  return (
    <details open>
      <summary>
        {plural(total, "file")} missing or damaged in the source
      </summary>
      <p>
        The rest can be had: the archive is then marked partial, and its
        MANIFEST.tsv names each of these with the reason.
      </p>
      <div class="scroll" tabindex={0} role="region" aria-label="Missing files">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">File</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ run_id, run, key, state }) => (
              <tr>
                <td>
                  <a href={`/runs/${run_id}`}>{run}</a>
                </td>
                <td>{key}</td>
                <td>{state}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
