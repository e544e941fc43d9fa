import type { User } from "../db/users.ts";
import { BasketCount } from "./basket.tsx";
import { Wordmark } from "./mark.tsx";

interface Entry {
  href: string;
  label: string;
  shown(user: User | null): boolean;
}

const everybody = () => true;
const members = (user: User | null) => user?.state === "approved";
const admins = (user: User | null) => members(user) && user?.role === "admin";
const approvers = (user: User | null) =>
  members(user) && user?.role === "approver";

/** The site's parts, in the order of the header. */
const ENTRIES: Entry[] = [
  { href: "/runs", label: "Search", shown: members },
  { href: "/explore", label: "Explore", shown: members },
  { href: "/basket", label: "Basket", shown: members },
  { href: "/downloads", label: "Downloads", shown: members },
  { href: "/glossary", label: "Glossary", shown: everybody },
  { href: "/getting-started", label: "Getting started", shown: everybody },
  { href: "/about", label: "About", shown: everybody },
  { href: "/admin", label: "Admin", shown: admins },
  { href: "/admin/users", label: "Accounts", shown: approvers },
];

/** Name, parts of the site and the account. */
export function SiteHeader(
  { user, path }: { user: User | null; path: string },
) {
  return (
    <header class="site">
      <a class="brand" href="/" aria-label="MGKDB, home">
        <Wordmark />
      </a>
      <nav aria-label="Site">
        <ul>
          {ENTRIES.filter((entry) => entry.shown(user)).map((entry) => (
            <li>
              <NavLink {...entry} path={path} />
              {entry.href === "/basket" && (
                <BasketCount picked={user?.picked ?? 0} />
              )}
              {entry.href === "/downloads" && <DownloadsBadge />}
            </li>
          ))}
        </ul>
      </nav>
      <AccountLinks user={user} path={path} />
    </header>
  );
}

/** Number of unfinished downloads, empty when there are none; app.js shows it in the tab's title too. */
function DownloadsBadge() {
  return (
    <span
      id="dl-badge"
      hx-get="/downloads/badge"
      hx-swap="innerHTML"
      hx-trigger="load, every 30s, visibilitychange from:document"
    >
    </span>
  );
}

function AccountLinks({ user, path }: { user: User | null; path: string }) {
  if (!user) {
    return (
      <nav class="account" aria-label="Account">
        <NavLink href="/login" label="Log in" path={path} />
        <NavLink href="/register" label="Register" path={path} />
      </nav>
    );
  }
  return (
    <nav class="account" aria-label="Account">
      <NavLink href="/account" label={user.name} path={path} />
      <form method="post" action="/logout">
        <button type="submit" class="link">Log out</button>
      </form>
    </nav>
  );
}

function NavLink(
  { href, label, path }: { href: string; label: string; path: string },
) {
  const inside = path.startsWith(`${href}/`);
  const current = path === href ? "page" : inside ? "true" : undefined;
  return <a href={href} aria-current={current}>{label}</a>;
}
