import { getRoom, refusals } from "./archive_limits.ts";
import { audit } from "./audit.ts";
import type { Part } from "./parts.ts";
import { chosenTotals, getPreflight, type Selection } from "./selection.ts";
import {
  type Content,
  contentKey,
  findLiveArchive,
  type LiveArchive,
  lockRequests,
  makeArchive,
  runsOfSelection,
} from "./shared_archives.ts";
import { type Sql, sql } from "./sql.ts";
import type { User } from "./users.ts";

const UNIQUE_VIOLATION = "23505";

/** What became of a request for a download. */
export type Request =
  | { kind: "made"; id: string }
  | { kind: "unfinished"; id: string }
  | { kind: "refused"; sentences: string[] };

/**
 * Asks for an archive: request, list of runs and job in one transaction, or none of them.
 *
 * When somebody has asked for the same runs and parts and the catalogue has read no change of them since, their archive serves this
 * request too: at once when it is finished, and with it when it is being built.
 */
export async function createDownload(
  user: User,
  selection: Selection,
  parts: Part[],
): Promise<Request> {
  const preflight = await getPreflight(selection);
  if (preflight.unknown.length > 0) {
    return refused(
      `Not in the catalogue: run ${preflight.unknown.join(", ")}.`,
    );
  }
  if (preflight.runs === 0) return refused("No run was chosen.");
  const totals = chosenTotals(preflight, parts);
  const name = preflight.name ?? `${preflight.runs} runs`;
  const content = { runs: runsOfSelection(selection), parts };
  try {
    return await sql.begin(async (tx): Promise<Request> => {
      await lockRequests(tx);
      const unfinished = await getUnfinished(tx, user.id);
      if (unfinished) return { kind: "unfinished", id: unfinished };
      const taken = await takeArchive(tx, {
        userId: user.id,
        content,
        name,
        totals,
      });
      if ("sentences" in taken) return taken;
      const query = "query" in selection ? selection.query : null;
      return await addDownload(tx, { user, archive: taken, query, name });
    });
  } catch (error) {
    const id = isUniqueViolation(error) && await getUnfinished(sql, user.id);
    if (id) return { kind: "unfinished", id };
    throw error;
  }
}

/** The archive for a user's request: one that somebody has, or a new one; or why there is no room for it. */
export async function takeArchive(
  tx: Sql,
  { userId, content, name, totals }: {
    userId: string;
    content: Content;
    name: string;
    totals: { files: number; bytes: number; missing: number };
  },
): Promise<LiveArchive | Request & { kind: "refused" }> {
  const { key, runs } = await contentKey(tx, content);
  if (runs === 0) return refused("None of its runs is in the catalogue.");
  const shared = await findLiveArchive(tx, key);
  if (shared && await holds(tx, userId, shared.id)) return shared;
  const room = await getRoom(userId, tx);
  const sentences = shared
    ? refusals({ ...room, free: Infinity }, shared.bytes)
    : refusals(room, totals.bytes);
  if (sentences.length > 0) return refused(...sentences);
  return shared ?? await makeArchive(tx, { content, key, name, totals });
}

/** A user's living request for an archive. */
async function holds(
  tx: Sql,
  userId: string,
  archiveId: string,
): Promise<string | null> {
  const [row] = await tx<[{ id: string }?]>`
    select id from downloads where user_id = ${userId} and archive_id = ${archiveId} and cancelled_at is null`;
  return row?.id ?? null;
}

async function addDownload(
  tx: Sql,
  { user, archive, query, name }: {
    user: User;
    archive: LiveArchive;
    query: string | null;
    name: string;
  },
): Promise<Request> {
  const held = await holds(tx, user.id, archive.id);
  if (held) return { kind: "made", id: held };
  const [{ id }] = await tx<[{ id: string }]>`
    insert into downloads (user_id, archive_id, query, label, finished_at)
    values (${user.id}, ${archive.id}, ${query}, ${name}, ${
    archive.finished ? tx`now()` : null
  }) returning id`;
  await audit({
    action: "download_request",
    actor: user,
    target: `download:${id}`,
    detail: { archive: archive.id, bytes: archive.bytes },
  }, tx);
  return { kind: "made", id };
}

/** A request that is not met, with the reasons. */
export function refused(
  ...sentences: string[]
): Request & { kind: "refused" } {
  return { kind: "refused", sentences };
}

/** The one unfinished download a user may have, or null. */
export async function getUnfinished(
  tx: Sql,
  userId: string,
): Promise<string | null> {
  const [row] = await tx<[{ id: string }?]>`
    select id from downloads where user_id = ${userId} and finished_at is null`;
  return row?.id ?? null;
}

/** True when Postgres refused a second row where one is allowed. */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string }).code === UNIQUE_VIOLATION;
}
