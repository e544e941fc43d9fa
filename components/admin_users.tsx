import type { User, UserState } from "../db/users.ts";
import { SubmitButton } from "./form.tsx";
import { count } from "./format.ts";
import { MorePager } from "./more_pager.tsx";
import { StateBadge } from "./states.tsx";
import { Ago } from "./values.tsx";

/** Which accounts are listed. */
export interface UserFilter {
  state?: UserState;
  text?: string;
  page: number;
}

/** Accounts by state; applicants in the order they came. */
export function AdminUsersPage(
  { users, counts, filter, more }: {
    users: User[];
    counts: Record<UserState, number>;
    filter: UserFilter;
    /** There is another page. */
    more: boolean;
  },
) {
  return (
    <section>
      <h1>Accounts</h1>
      <StateLinks counts={counts} filter={filter} />
      <FindForm filter={filter} />
      {users.length === 0
        ? <p class="empty">No account matches.</p>
        : <UserTable users={users} />}
      <MorePager
        page={filter.page}
        more={more}
        href={(page) => hrefOf({ ...filter, page })}
      />
    </section>
  );
}

function StateLinks(
  { counts, filter }: {
    counts: Record<UserState, number>;
    filter: UserFilter;
  },
) {
  return (
    <ul class="chips" aria-label="States">
      <StateLink filter={filter} label="all" n={total(counts)} />
      {Object.entries(counts).map(([state, n]) => (
        <StateLink
          filter={filter}
          state={state as UserState}
          label={state}
          n={n}
        />
      ))}
    </ul>
  );
}

function FindForm({ filter }: { filter: UserFilter }) {
  return (
    <search>
      <form
        method="get"
        action="/admin/users"
        class="inline find"
      >
        {filter.state && (
          <input type="hidden" name="state" value={filter.state} />
        )}
        <label for="text">Name, e-mail or affiliation</label>
        <input
          type="search"
          id="text"
          name="text"
          value={filter.text}
          maxlength={100}
        />
        <SubmitButton kind="secondary">Find</SubmitButton>
      </form>
    </search>
  );
}

function StateLink(
  { filter, state, label, n }: {
    filter: UserFilter;
    state?: UserState;
    label: string;
    n: number;
  },
) {
  const current = filter.state === state;
  return (
    <li>
      <a
        href={hrefOf({ text: filter.text, state, page: 1 })}
        aria-current={current ? "true" : undefined}
      >
        {label} {count(n)}
      </a>
    </li>
  );
}

function UserTable({ users }: { users: User[] }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Accounts">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">E-mail</th>
            <th scope="col">Affiliation</th>
            <th scope="col">State</th>
            <th scope="col">Role</th>
            <th scope="col">Registered</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => <UserRow user={user} />)}
        </tbody>
      </table>
    </div>
  );
}

function UserRow({ user }: { user: User }) {
  return (
    <tr id={`user-${user.id}`}>
      <th scope="row">
        <a href={`/admin/users/${user.id}`}>{user.name}</a>
      </th>
      <td>{user.email}</td>
      <td>{user.affiliation}</td>
      <td>
        <StateBadge state={user.state} />
      </td>
      <td>{user.role}</td>
      <td>
        <Ago at={user.created_at} />
      </td>
      <td>
        <Ago at={user.last_seen_at} />
      </td>
    </tr>
  );
}

function total(counts: Record<UserState, number>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

function hrefOf({ state, text, page }: UserFilter): string {
  const query = new URLSearchParams();
  if (state) query.set("state", state);
  if (text) query.set("text", text);
  if (page > 1) query.set("page", String(page));
  return query.size > 0 ? `/admin/users?${query}` : "/admin/users";
}
