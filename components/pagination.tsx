import { count } from "./format.ts";

/** Links to the pages before and after; nothing when there is only one page. The route works out the addresses. */
export function Pagination(
  { page, pages, href, target, label = "Pages" }: {
    /** Counted from 1. */
    page: number;
    pages: number;
    /** Address of a page. */
    href(page: number): string;
    /** Selector of what htmx replaces; absent: plain links. */
    target?: string;
    label?: string;
  },
) {
  if (pages <= 1) return null;
  return (
    <nav class="pager" aria-label={label}>
      <Step
        to={page - 1}
        rel="prev"
        text="Previous"
        {...{ pages, href, target }}
      />
      <span>Page {count(page)} of {count(pages)}</span>
      <Step to={page + 1} rel="next" text="Next" {...{ pages, href, target }} />
    </nav>
  );
}

function Step(
  { to, pages, rel, text, href, target }: {
    to: number;
    pages: number;
    rel: "prev" | "next";
    text: string;
    href(page: number): string;
    target?: string;
  },
) {
  if (to < 1 || to > pages) return <span class="muted">{text}</span>;
  return (
    <a
      id={`page-${rel}`}
      rel={rel}
      href={href(to)}
      hx-get={target && href(to)}
      hx-target={target}
    >
      {text}
    </a>
  );
}
