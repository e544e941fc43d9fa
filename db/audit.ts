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

/** Adds a line to the audit log, in the caller's transaction when given one. Addresses are kept as networks (/24 or /64). */
export async function audit(event: AuditEvent, tx: Sql = sql): Promise<void> {
  const { action, actor, target, outcome = "ok", detail = {}, ip, request_id } =
    event;
  await tx`
    insert into audit_log (actor_id, actor, ip, action, target, outcome, detail, request_id)
    values (${actor?.id ?? null}, ${actor?.email ?? null}, ${
    network(ip ?? null)
  }, ${action}, ${target ?? null}, ${outcome}, ${sql.json(detail)}, ${
    request_id ?? null
  })`;
}

/** The network of an address: enough to see a pattern, too little to follow a person. */
export function network(ip: string | null): string | null {
  if (!ip) return null;
  if (ip.includes(":")) return `${ip.split(":").slice(0, 4).join(":")}::/64`;
  return `${ip.split(".").slice(0, 3).join(".")}.0/24`;
}
