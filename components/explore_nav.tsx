/** The pages that look at the catalogue as a whole. */
const PAGES = [
  ["/explore", "Scatter"],
  ["/explore/coverage", "Coverage of parameter space"],
  ["/explore/quasilinear", "Quasilinear against nonlinear"],
] as const;

/** Ways between the pages of exploration. `search`: filters that come along. */
export function ExploreNav(
  { current, search = "" }: {
    current: (typeof PAGES)[number][0];
    search?: string;
  },
) {
  return (
    <nav aria-label="Ways to explore">
      <ul class="chips">
        {PAGES.map(([path, label]) => (
          <li>
            <a
              href={search === "" ? path : `${path}?${search}`}
              aria-current={path === current ? "page" : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
