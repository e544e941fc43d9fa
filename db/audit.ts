import { network } from "./networks.ts";
import { type Sql, sql } from "./sql.ts";

/** One line of the audit log. `target` names what was acted on as `noun:id`. */
export interface AuditEvent {
  action: string;
  actor?: { id: string; email: string } | null;
  target?: string;
  outcome?: string;
  detail?: Record<string, string | number | boolean | null>;
  ip?: string | null;
  request_id?: string;
}

/** From where a request came; what {@linkcode AuditEvent} keeps of it. */
export type Origin = Pick<AuditEvent, "ip" | "request_id">;

/** A line of the audit log as it was kept. */
export interface AuditLine {
  id: number;
  at: Date;
  actor: string | null;
  ip: string | null;
  action: string;
  target: string | null;
  outcome: string;
  detail: Record<string, string | number | boolean | null>;
  request_id: string | null;
}

/** Lines of the audit log on one page. */
export const AUDIT_PAGE_SIZE = 50;

/** How long a line is kept; the table's own trigger refuses to delete younger ones. */
const KEPT_DAYS = 365;

/** Adds a line to the audit log, in the caller's transaction when given one. Addresses are kept as networks (/24 or /64). */
export async function audit(event: AuditEvent, tx: Sql = sql): Promise<void> {
  const { action, actor, target, outcome = "ok", detail = {}, ip, request_id } =
    event;
  await tx`
    insert into audit_log (actor_id, actor, ip, action, target, outcome, detail, request_id)
    values (${actor?.id ?? null}, ${actor?.email ?? null}, ${
    network(ip ?? null, { v4: 24 })
  }, ${action}, ${target ?? null}, ${outcome}, ${sql.json(detail)}, ${
    request_id ?? null
  })`;
}

/** One page of the audit log, newest first, and one line more when there is another page. */
export function listAudit(
  { action, target, page = 1 }: {
    action?: string;
    target?: string;
    page?: number;
  },
): Promise<AuditLine[]> {
  return sql<AuditLine[]>`
    select id, at, actor, ip, action, target, outcome, detail, request_id from audit_log
    where true
      ${action ? sql`and action = ${action}` : sql``}
      ${target ? sql`and target = ${target}` : sql``}
    order by at desc, id desc
    limit ${AUDIT_PAGE_SIZE + 1} offset ${(page - 1) * AUDIT_PAGE_SIZE}`;
}

/** The actions that the audit log holds, in alphabetical order. */
export async function listAuditActions(): Promise<string[]> {
  const rows = await sql<
    { action: string }[]
  >`select distinct action from audit_log order by action`;
  return rows.map((r) => r.action);
}

/** Deletes lines older than a year. */
export async function deleteOldAudit(): Promise<void> {
  await sql`delete from audit_log where at <= now() - make_interval(days => ${KEPT_DAYS})`;
}
