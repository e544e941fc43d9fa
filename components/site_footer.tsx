import type { Theme, User } from "../db/users.ts";

const THEMES: [Theme, string][] = [
  ["auto", "Auto"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** Where to read on, the licences of what we ship, and the choice of a theme. */
export function SiteFooter(
  { user, path, asset }: {
    user: User | null;
    path: string;
    asset(name: string): string;
  },
) {
  return (
    <footer class="site">
      <nav aria-label="About this site">
        <a href="/about">About MGKDB</a>
        <a href="/about#policy">Data policy</a>
        <a href="/about#privacy">Privacy</a>
        <a href="/about#cite">How to cite</a>
        <a href="/api">API</a>
        <a href={asset("licences.txt")}>Licences</a>
      </nav>
      {user && <ThemeForm theme={user.theme} path={path} />}
    </footer>
  );
}

/** Posts the choice; the server then draws every page in it, so nothing flashes. */
function ThemeForm({ theme, path }: { theme: Theme; path: string }) {
  return (
    <form class="theme" method="post" action="/account/theme">
      <input type="hidden" name="next" value={path} />
      <span id="theme-label">Theme</span>
      <div class="joined" role="group" aria-labelledby="theme-label">
        {THEMES.map(([value, label]) => (
          <button
            type="submit"
            name="theme"
            value={value}
            aria-pressed={value === theme ? "true" : "false"}
          >
            {label}
          </button>
        ))}
      </div>
    </form>
  );
}
