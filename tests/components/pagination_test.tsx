import { expect } from "expect";
import { Pagination } from "../../components/pagination.tsx";

function href(page: number): string {
  return `/runs?page=${page}`;
}

Deno.test("Pagination is absent where there is one page", () => {
  expect(Pagination({ page: 1, pages: 1, href })).toBe(null);
});

Deno.test("Pagination has no link before the first page and after the last", () => {
  const first = String(<Pagination page={1} pages={2} href={href} />);
  expect(first).not.toContain('rel="prev"');
  expect(first).toContain('href="/runs?page=2"');
  const last = String(<Pagination page={2} pages={2} href={href} />);
  expect(last).toContain('rel="prev"');
  expect(last).not.toContain('rel="next"');
});

Deno.test("Pagination uses htmx only when it is told what to replace", () => {
  expect(String(<Pagination page={1} pages={2} href={href} />)).not.toContain(
    "hx-get",
  );
  expect(
    String(<Pagination page={1} pages={2} href={href} target="#results" />),
  ).toContain('hx-target="#results"');
});
