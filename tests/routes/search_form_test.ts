import { test } from "../setup.ts";
import { expect } from "expect";
import { parseQueryString } from "../../db/runs/query.ts";
import { queryString } from "../../db/runs/address.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

await makeRun({ code: "GENE", q: 2, gamma: 0.1 }, { input: {} });
await makeRun({ code: "CGYRO", q: 3, gamma: -0.1 }, { input: {} });
const researcher = await Browser.of(await makeUser());

/** One of each kind of parameter, then several together. */
const SEARCHES = [
  "",
  "kind=linear&kind=nonlinear",
  "text=ITG+%22a+b%22+%3C%26",
  "code=CGYRO&code=GENE",
  "user=nobody+here",
  "q_min=1e-3&q_max=2.5",
  "gamma_min=-0.3&gamma_any=1",
  "gamma_min=0.05&gamma_abs=1",
  "electromagnetic=no",
  "has=diagnostics&has=plots",
  "input=hyp_z%3E0&input=SAT_RULE%3A2",
  "sort=-gamma&size=50",
  "units=cs_a",
  "cols=code&cols=gamma",
  "code=GENE&gamma_any=1&gamma_max=0.4&q_min=1&sort=q&size=100&units=cs_a",
];

test("a search's address, sent again through its own form, is the same address", async () => {
  for (const search of SEARCHES) {
    const wanted = canonical(search);
    const answer = await researcher.get(`/runs?${wanted}`);
    expect([search, answer.status]).toEqual([search, 200]);
    const page = await answer.text();
    expect([search, canonical(sent(page))]).toEqual([search, wanted]);
  }
});

function canonical(search: string): string {
  const parsed = parseQueryString(search);
  if (!parsed.success) throw new Error(`${search}: ${parsed.error}`);
  return queryString(parsed.data);
}

/** What a browser sends for the form of the filters: its controls that are filled, ticked or chosen, in the order of the page. */
function sent(page: string): string {
  const form = /<form\b[^>]*\sid="filters"[\s\S]*?<\/form>/.exec(page)![0];
  const given = new URLSearchParams();
  const controls = form.match(/<input\b[^>]*>|<select\b[\s\S]*?<\/select>/g) ??
    [];
  for (const control of controls) {
    const of = (name: string, tag = control) =>
      new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
    const name = of("name");
    if (name === undefined) continue;
    if (control.startsWith("<select")) {
      const options = control.match(/<option\b[^>]*>/g) ?? [];
      const chosen = options.find((o) => /\sselected/.test(o)) ?? options[0];
      if (chosen) given.append(name, text(of("value", chosen) ?? ""));
    } else if (
      !/^(checkbox|radio)$/.test(of("type") ?? "") || /\schecked/.test(control)
    ) given.append(name, text(of("value") ?? ""));
  }
  return given.toString();
}

function text(html: string): string {
  return html.replaceAll("&quot;", '"').replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
