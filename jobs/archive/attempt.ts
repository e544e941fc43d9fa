import {
  type ArchiveAttempt,
  mayContinue,
  type Progress,
  saveProgress,
} from "../../db/archives.ts";
import {
  fromSource,
  sourceReachable,
  SourceUnavailable,
} from "../../db/source/client.ts";
import type { Db } from "mongodb";
import type { ArchiveProgress } from "./archive_output.ts";
import type { PlanTotals } from "./plan.ts";

/** Time between two looks: is it still wanted, and what is new to tell. */
const TICK_MS = 500;
/** A job without news says at least so often that it lives. */
const BEAT_MS = 4000;
/** Waits between two tries while the source is away. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
/** Rounds of requests in a row that a reachable source may refuse. */
const REFUSALS = 20;
const RATE_SHARE = 0.15;

/** The archive is no longer this attempt's to build: it was cancelled, or a later attempt has taken over. */
export class Superseded extends Error {
  override name = "Superseded";
}

/**
 * One attempt to build an archive, as the database sees it: tells how far it is, notices within half a second that it is no
 * longer wanted, and waits while the source is away.
 */
export class Attempt {
  readonly archive: ArchiveAttempt;
  /** Aborted when the archive is no longer wanted, with `Superseded`, or the worker is to stop, with its reason. */
  readonly signal: AbortSignal;
  #ended = new AbortController();
  #progress: Progress = {
    state: "running",
    reason: null,
    files_done: 0,
    files_total: 0,
    bytes_done: 0,
    bytes_total: 0,
    missing: 0,
    rate: null,
  };
  #news = false;
  #told = Date.now();
  /** Rounds of failed requests since the last that went well. */
  #lost = 0;
  #round: Promise<void> | null = null;
  #measured = { at: Date.now(), bytes: 0 };
  #ticking: Promise<void>;

  constructor(archive: ArchiveAttempt, stop: AbortSignal) {
    this.archive = archive;
    // What earlier attempts have written is gone on with, so the bar need not fall.
    const { files_done, bytes_done } = archive;
    Object.assign(this.#progress, { files_done, bytes_done });
    this.#measured.bytes = bytes_done;
    this.signal = AbortSignal.any([stop, this.#ended.signal]);
    this.#ticking = this.#tick();
  }

  /** What there is to do. */
  expect({ files, bytes, missing }: PlanTotals): void {
    this.#set({ files_total: files, bytes_total: bytes, missing });
  }

  /** How far the writing is. */
  advance({ files_done, bytes_done }: ArchiveProgress): void {
    this.#lost = 0;
    this.#set({ files_done, bytes_done, state: "running", reason: null });
  }

  /** Reads from the source, and while it is away waits and tries again. A query under way is left when the attempt is to end. */
  async patiently<T>(read: (db: Db) => Promise<T>): Promise<T> {
    while (true) {
      try {
        const value = await unlessAborted(fromSource(read), this.signal);
        this.#lost = 0;
        return value;
      } catch (error) {
        if (!(error instanceof SourceUnavailable)) throw error;
        await this.outlast(error);
      }
    }
  }

  /**
   * Waits a little after a read that failed, so that it can be tried again. Requests that fail meanwhile share the wait.
   *
   * @throws {unknown} the error, when the source is there and keeps refusing
   */
  outlast(error: unknown): Promise<void> {
    this.#round ??= this.#outlast(error).finally(() => this.#round = null);
    return this.#round;
  }

  async #outlast(error: unknown): Promise<void> {
    this.signal.throwIfAborted();
    const reachable = !(error instanceof SourceUnavailable) &&
      await sourceReachable();
    if (reachable && this.#lost >= REFUSALS) throw error;
    const wait = Math.min(FIRST_WAIT_MS * 1.5 ** this.#lost++, LONGEST_WAIT_MS);
    if (!reachable) {
      this.#set({
        state: "waiting",
        rate: null,
        reason:
          "The source database cannot be reached. The archive goes on by itself when it is back.",
      });
    }
    await sleep(wait, this.signal);
  }

  /** Ends the telling; the last word is the caller's. */
  async close(): Promise<void> {
    this.#ended.abort(new Superseded("The attempt has ended"));
    await this.#ticking;
  }

  #set(change: Partial<Progress>): void {
    Object.assign(this.#progress, change);
    this.#news = true;
  }

  async #tick(): Promise<void> {
    while (!this.signal.aborted) {
      await sleep(TICK_MS, this.signal).catch(() => {});
      if (this.signal.aborted) return;
      // A database that is away for a moment must not end the work; the last word is fenced anyway.
      const wanted = await this.#tell().catch(() => true);
      if (!wanted) this.#ended.abort(new Superseded("No longer wanted"));
    }
  }

  /** False when the archive is no longer this attempt's. */
  async #tell(): Promise<boolean> {
    if (!this.#news && Date.now() - this.#told < BEAT_MS) {
      return await mayContinue(this.archive);
    }
    this.#news = false;
    this.#told = Date.now();
    this.#measure();
    return await saveProgress(this.archive, this.#progress);
  }

  /** The rate as a moving average over some seconds. */
  #measure(): void {
    const { bytes_done, rate, state } = this.#progress;
    const now = Date.now();
    const { at, bytes } = this.#measured;
    this.#measured = { at: now, bytes: bytes_done };
    if (state === "waiting") return;
    const latest = Math.max(0, bytes_done - bytes) / ((now - at) / 1000);
    this.#progress.rate = rate === null
      ? latest
      : rate + RATE_SHARE * (latest - rate);
  }
}

/** What the promise brings, or the signal's reason if that comes first; then nobody waits for the promise any more. */
function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((done, fail) => {
    if (signal.aborted) fail(signal.reason);
    const abort = () => fail(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(done, fail)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(signal.reason);
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", abort, { once: true });
    function end() {
      signal.removeEventListener("abort", abort);
      done();
    }
    function abort() {
      clearTimeout(timer);
      fail(signal.reason);
    }
  });
}
