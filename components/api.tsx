import { Code, keepToken } from "./code.tsx";
import { DataTable } from "./data_table.tsx";

/** What the page says of an address. */
interface Address {
  /** Below /api/v1, parameters in braces. */
  path: string;
  summary: string;
}

/** What bounds programs. */
interface ApiLimits {
  /** Tokens of one account. */
  tokens: number;
  /** Of one user in a minute. */
  requests: number;
  /** CSV files of whole searches, of one user in a minute. */
  exports: number;
  /** Of one user at the same time. */
  exportsAtOnce: number;
}

/** How programs read the site: tokens, examples that work as they stand, every address, limits. `origin` is the site's public address. */
export function ApiPage(
  { origin, resources, limits }: {
    origin: string;
    resources: Address[];
    limits: ApiLimits;
  },
) {
  return (
    <>
      <h1>API</h1>
      <p class="lede">
        What the site shows, for programs: searches, runs, documents, files and
        your downloads. It only reads.
      </p>
      <nav class="toc" aria-label="On this page">
        <a href="#token">Token</a>
        <a href="#shell">In a shell</a>
        <a href="#python">In Python</a>
        <a href="#addresses">Addresses</a>
        <a href="#answers">Answers and limits</a>
      </nav>
      <Token />
      <Shell origin={origin} />
      <Python origin={origin} />
      <Addresses resources={resources} />
      <Answers limits={limits} />
    </>
  );
}

function Token() {
  return (
    <section id="token" class="prose">
      <h2>Token</h2>
      <p>
        A program shows a token with each request, in the header{" "}
        <code>Authorization: Bearer mgkdb_...</code>. You make one on{" "}
        <a href="/account#tokens">your account page</a>{" "}
        once your account is approved. It is shown once. It ends when its time
        is up, when you revoke it, when you change your password, and when your
        role changes or your account is suspended.
      </p>
      <p>
        The examples below keep the whole header in a file that only you can
        read, so that the token stands neither in scripts nor in the list of
        processes:
      </p>
      <Code id="code-token" text={keepToken("mgkdb_...")} />
    </section>
  );
}

function Shell({ origin }: { origin: string }) {
  return (
    <section id="shell">
      <h2>In a shell</h2>
      <p>
        A search takes the parameters of the{" "}
        <a href="/runs">search page</a>: filter there, and copy what stands
        after the question mark.
      </p>
      <Code id="code-curl" text={curl(origin)} />
    </section>
  );
}

function Python({ origin }: { origin: string }) {
  return (
    <section id="python">
      <h2>In Python</h2>
      <p>
        All runs of a search, page by page; nothing beyond Python itself is
        needed.
      </p>
      <Code id="code-python" text={python(origin)} />
    </section>
  );
}

function Addresses({ resources }: { resources: Address[] }) {
  return (
    <section id="addresses" class="addresses">
      <h2>Addresses</h2>
      <p>
        All of them begin with <code>/api/v1</code>. <code>id</code>{" "}
        of a run is its number in the catalogue or its MongoDB id. Tools read
        {" "}
        <a href="/api/v1/openapi.json">openapi.json</a>, which also lists every
        parameter of a search.
      </p>
      <DataTable
        label="Addresses"
        heads={[{ label: "GET" }, { label: "What you get" }]}
      >
        {resources.map(({ path, summary }) => (
          <tr>
            <th scope="row" class="mono">{path}</th>
            <td>{summary}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}

function Answers({ limits }: { limits: ApiLimits }) {
  const { tokens, requests, exports, exportsAtOnce } = limits;
  return (
    <section id="answers" class="prose">
      <h2>Answers and limits</h2>
      <ul>
        <li>
          Numbers are as stored, at full precision; <code>/api/v1/columns</code>
          {" "}
          and the <a href="/glossary">glossary</a>{" "}
          name the unit of each column. A missing value is <code>null</code>.
        </li>
        <li>
          A refusal is <code>application/problem+json</code>{" "}
          (RFC 9457) with a sentence under{" "}
          <code>detail</code>: 400 names the parameter, 401 asks for a token
          that works, 404 is unknown or not yours, 503 says that the source
          cannot be reached.
        </li>
        <li>
          You may ask {requests.toLocaleString("en-GB")} times a minute, and
          {" "}
          {exports} times for the CSV of a whole search, {exportsAtOnce}{" "}
          at once. Beyond that the answer is 429, and <code>Retry-After</code>
          {" "}
          says how many seconds to wait.
        </li>
        <li>
          An account may have {tokens}{" "}
          tokens. Pages of other sites cannot use the API from a browser.
        </li>
      </ul>
    </section>
  );
}

function curl(origin: string): string {
  return `curl --fail --header @"$HOME/.mgkdb_token" \\
  "${origin}/api/v1/runs?kind=linear&gamma_min=0.1&size=25"
curl --fail --header @"$HOME/.mgkdb_token" --output runs.csv \\
  "${origin}/api/v1/runs.csv?kind=linear&gamma_min=0.1"`;
}

function python(origin: string): string {
  return `import json, os, urllib.parse, urllib.request

API = "${origin}/api/v1"
with open(os.path.expanduser("~/.mgkdb_token")) as file:
    name, value = file.read().strip().split(": ")

def get(address):
    request = urllib.request.Request(address, headers={name: value})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

search = {"kind": "linear", "gamma_min": 0.1, "sort": "-gamma", "size": 100}
address, runs = f"{API}/runs?{urllib.parse.urlencode(search)}", []
while address:
    page = get(address)
    runs += page["runs"]
    address = page["links"]["next"]

print(len(runs), "of", page["total"], "runs")
for run in runs[:5]:
    print(run["id"], run["code"], run["ky"], run["gamma"])`;
}
