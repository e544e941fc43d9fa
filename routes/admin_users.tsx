import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  AdminUserPage,
  type AdminUserProps,
} from "../components/admin_user.tsx";
import { AdminUsersPage } from "../components/admin_users.tsx";
import { listAudit } from "../db/audit.ts";
import {
  changeRole,
  decideUser,
  Decision,
  type Refusal,
  reopenUser,
  RoleChange,
  suspendUser,
  Suspension,
} from "../db/decisions.ts";
import {
  countUsers,
  getUser,
  listUsers,
  USER_STATES,
  USERS_PAGE_SIZE,
} from "../db/users.ts";
import { errorsOf, formOf } from "./forms.ts";
import {
  type AppEnv,
  badQuery,
  currentUser,
  notFound,
  originOf,
  redirectTo,
} from "./http.ts";

const DONE: Record<string, string> = {
  approve: "The account is approved; the applicant gets a mail.",
  reject: "The request is denied; the applicant gets a mail with your reason.",
  reopened: "The request waits for a decision again.",
  suspended: "The account is suspended; its sessions are ended.",
  restored: "The account is open again.",
  role: "The role is changed; the user has to log in again.",
};
const UserId = z.object({ id: z.uuid() });
const UserList = z.strictObject({
  state: z.enum(USER_STATES).optional(),
  text: z.string().max(100).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
const Preselected = z.object({
  decision: z.enum(["approve", "reject"]).optional().catch(undefined),
  done: z.string().optional(),
});

/** Deciding on applicants, suspending accounts, changing roles. */
export const adminUsers = new Hono<AppEnv>();

adminUsers.get(
  "/admin/users",
  zValidator("query", UserList, badQuery),
  async (c) => {
    const filter = c.req.valid("query");
    const [users, counts] = await Promise.all([
      listUsers(filter),
      countUsers(),
    ]);
    const page = (
      <AdminUsersPage
        users={users.slice(0, USERS_PAGE_SIZE)}
        counts={counts}
        filter={filter}
        more={users.length > USERS_PAGE_SIZE}
      />
    );
    return c.render(page, { title: "Accounts", wide: true });
  },
);

adminUsers.get(
  "/admin/users/:id",
  zValidator("param", UserId, unknownId),
  zValidator("query", Preselected),
  (c) => {
    const { decision, done } = c.req.valid("query");
    const shown = { decision, done: done && DONE[done] };
    return draw(c, c.req.valid("param").id, shown);
  },
);

adminUsers.post(
  "/admin/users/:id/decision",
  zValidator("param", UserId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    const values = await formOf(c);
    const parsed = Decision.safeParse(values);
    if (!parsed.success) return await mistake(c, id, values, parsed.error);
    const admin = currentUser(c);
    const refusal = await decideUser(id, parsed.data, admin, originOf(c));
    return answer(c, id, refusal, parsed.data.decision);
  },
);

adminUsers.post(
  "/admin/users/:id/reopening",
  zValidator("param", UserId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    const refusal = await reopenUser(id, currentUser(c), originOf(c));
    return answer(c, id, refusal, "reopened");
  },
);

adminUsers.post(
  "/admin/users/:id/suspension",
  zValidator("param", UserId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    const values = await formOf(c);
    const parsed = Suspension.safeParse(values);
    if (!parsed.success) return await mistake(c, id, values, parsed.error);
    const admin = currentUser(c);
    const refusal = await suspendUser(id, parsed.data, admin, originOf(c));
    const done = parsed.data.suspended === "yes" ? "suspended" : "restored";
    return answer(c, id, refusal, done);
  },
);

adminUsers.post(
  "/admin/users/:id/role",
  zValidator("param", UserId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    const values = await formOf(c);
    const parsed = RoleChange.safeParse(values);
    if (!parsed.success) return await mistake(c, id, values, parsed.error);
    const { role } = parsed.data;
    const refusal = await changeRole(id, role, currentUser(c), originOf(c));
    return answer(c, id, refusal, "role");
  },
);

function unknownId(result: { success: boolean }): void {
  if (!result.success) notFound();
}

/** The page of the account after a change; 409 with the reason when it was refused. */
async function answer(
  c: Context<AppEnv>,
  id: string,
  refusal: Refusal,
  done: string,
): Promise<Response> {
  if (!refusal) return redirectTo(c, `/admin/users/${id}?done=${done}`);
  c.status(409);
  return await draw(c, id, { refusal });
}

async function mistake(
  c: Context<AppEnv>,
  id: string,
  values: Record<string, string>,
  error: z.core.$ZodError,
): Promise<Response> {
  c.status(422);
  const decision = values.decision === "reject" ? "reject" : undefined;
  return await draw(c, id, { values, errors: errorsOf(error), decision });
}

async function draw(
  c: Context<AppEnv>,
  id: string,
  shown: Omit<AdminUserProps, "user" | "decider" | "log" | "viewer">,
): Promise<Response> {
  const user = await getUser(id);
  if (!user) notFound();
  const decider = user.decided_by ? await getUser(user.decided_by) : null;
  const log = await listAudit({ target: `user:${id}` });
  const page = (
    <AdminUserPage
      user={user}
      decider={decider}
      log={log.slice(0, 20)}
      viewer={currentUser(c)}
      {...shown}
    />
  );
  const error = shown.refusal || shown.errors ? "Error: " : "";
  return c.render(page, { title: `${error}${user.name}` });
}
