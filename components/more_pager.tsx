import { count } from "./format.ts";

/** Links to the pages before and after of a list whose length nobody counts. */
export function MorePager(
  { page, more, href }: {
    /** Counted from 1. */
    page: number;
    /** There is another page. */
    more: boolean;
    href(page: number): string;
  },
) {
  if (page === 1 && !more) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 && <a rel="prev" href={href(page - 1)}>Previous</a>}
      <span>Page {count(page)}</span>
      {more && <a rel="next" href={href(page + 1)}>Next</a>}
    </nav>
  );
}
