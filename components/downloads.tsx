import type { Download } from "../db/downloads.ts";
import {
  DownloadActions,
  DownloadList,
  DownloadProgress,
  rowId,
  stateWord,
} from "./download_row.tsx";
import { bytes, plural } from "./format.ts";
import { MorePager } from "./more_pager.tsx";
import { StateBadge } from "./states.tsx";
import { Ago, Bytes, When } from "./values.tsx";

/** Bytes of the finished archives a user holds, and may hold. */
export interface Quota {
  used: number;
  quota: number;
}

/** A user's downloads, kept current while one is unfinished. */
export function DownloadsPage(
  { downloads, page, more, quota, hours }: {
    downloads: Download[];
    page: number;
    /** There are older ones on another page. */
    more: boolean;
    quota: Quota;
    /** Hours until a finished archive is deleted. */
    hours: number;
  },
) {
  return (
    <>
      <h1>Downloads</h1>
      <p class="muted">
        Finished archives take {bytes(quota.used)} of your {bytes(quota.quota)}
        {" "}
        and are deleted after {plural(hours, "hour")}.
      </p>
      {downloads.length === 0
        ? (
          <p class="empty">
            {page === 1 ? "Nothing yet." : "Nothing older."}{" "}
            <a href="/runs">Search for runs</a>, then choose Download on a run's
            page or above a search's results.
          </p>
        )
        : <DownloadList downloads={downloads} />}
      <MorePager page={page} more={more} href={(n) => `/downloads?page=${n}`} />
      {page === 1 && downloads.some((d) => isUnfinished(d)) && (
        <LiveUpdates from="/downloads/events" />
      )}
    </>
  );
}

/** One download with all that is needed to fetch and check it. */
export function DownloadPage(
  { download, base, link }: {
    download: Download;
    /** Public origin of the site. */
    base: string;
    /** Address that needs no log-in, when one was made. */
    link: string | null;
  },
) {
  return (
    <>
      <h1>{download.label}</h1>
      <DownloadBody download={download} base={base} link={link} />
      <p>
        <a href="/downloads">All downloads</a>
      </p>
      {isUnfinished(download) && (
        <LiveUpdates from={`/downloads/events?id=${download.id}`} />
      )}
    </>
  );
}

/** What changes on a download's page while it is built. */
export function DownloadBody(
  { download, base, link }: {
    download: Download;
    base: string;
    link: string | null;
  },
) {
  const { state, size, sha256 } = download;
  const isServed = state === "ready" || state === "partial";
  return (
    <section id={rowId(download)} aria-label="State">
      <p>
        <StateBadge state={state} label={stateWord(download)} />
      </p>
      <DownloadProgress download={download} />
      <DownloadActions download={download} />
      <dl class="facts">
        <dt>Asked for</dt>
        <dd>
          <Ago at={download.created_at} />
        </dd>
        <dt>Runs</dt>
        <dd>{plural(download.runs_total, "run")}</dd>
        <dt>Parts</dt>
        <dd>{download.parts.join(", ")}</dd>
        <dt>Missing files</dt>
        <dd>
          {download.missing === 0
            ? "none"
            : `${download.missing}; MANIFEST.tsv names each with the reason`}
        </dd>
        {isServed && (
          <>
            <dt>File</dt>
            <dd>{download.file_name}</dd>
            <dt>Size</dt>
            <dd>
              <Bytes value={size} />
            </dd>
            <dt>SHA-256</dt>
            <dd>
              <code id="sha256">{sha256}</code>{" "}
              <button type="button" class="link" data-copy="#sha256" hidden>
                Copy
              </button>
            </dd>
            <dt>Read from the source</dt>
            <dd>
              <When at={download.finished_at} />
            </dd>
            <dt>Ready until</dt>
            <dd>
              <When at={download.expires_at} />
            </dd>
          </>
        )}
      </dl>
      {isServed && <CommandLine download={download} base={base} link={link} />}
    </section>
  );
}

/** How to fetch it with a program that can go on after an interruption. */
function CommandLine(
  { download, base, link }: {
    download: Download;
    base: string;
    link: string | null;
  },
) {
  const { id, file_name, sha256 } = download;
  return (
    <>
      <h2>On another machine</h2>
      {link
        ? (
          <>
            <p>
              This link needs no log-in and works until the archive is deleted.
              Whoever has it can fetch the archive.
            </p>
            <pre
              tabindex={0}
            ><code id="curl">{`curl -C - -o ${file_name} ${base}${link}
echo "${sha256}  ${file_name}" | sha256sum -c`}</code></pre>
            <p>
              Both go on where they were interrupted when they are given again:
            </p>
            <pre
              tabindex={0}
            ><code id="wget">{`wget -c -O ${file_name} ${base}${link}`}</code></pre>
            <button type="button" class="link" data-copy="#curl" hidden>
              Copy
            </button>
          </>
        )
        : (
          <p>
            A link that works without log-in lets curl or wget fetch the
            archive, and go on after an interruption.
          </p>
        )}
      <form method="post" action={`/downloads/${id}/link`}>
        <button type="submit" class="secondary">
          {link ? "Make a new link; this one ends" : "Make a link"}
        </button>
      </form>
    </>
  );
}

/** A user has asked for a second download while one is unfinished. */
export function OneAtATime({ id }: { id: string }) {
  return (
    <section>
      <h1>One download at a time</h1>
      <p>
        <a href={`/downloads/${id}`}>Another download of yours</a>{" "}
        is not finished yet. Wait for it or cancel it, then ask again.
      </p>
    </section>
  );
}

/** There is no room for an archive that is to be built again. */
export function NoRoom({ sentences }: { sentences: string[] }) {
  return (
    <section>
      <h1>No room for this archive now</h1>
      {sentences.map((sentence) => <p>{sentence}</p>)}
    </section>
  );
}

/** Opens the stream that keeps a page current; the server removes this element when nothing more will happen. */
export function LiveUpdates({ from }: { from: string }) {
  return (
    <div
      id="live"
      hx-sse:connect={from}
      hx-sse:close="idle"
      hx-swap="none"
      hx-trigger="load, every 20s"
      {...{ "hx-status:4xx": "swap:none", "hx-status:5xx": "swap:none" }}
    >
    </div>
  );
}

/** Whether an archive is still to come. */
export function isUnfinished({ state }: Pick<Download, "state">): boolean {
  return state === "queued" || state === "running" || state === "waiting";
}
