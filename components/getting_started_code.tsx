import { Code } from "./code.tsx";

/** The same from a shell: log in once, then any address of the site. */
export function CommandLine({ origin }: { origin: string }) {
  return (
    <section id="shell">
      <h2>In a shell</h2>
      <p>
        Scripts that run more than once are better off with a token than with
        your password: see <a href="/api">the API</a>. For a single visit:
      </p>
      <p>
        Log in once; the cookie stands for you afterwards and ends like a log-in
        in the browser. The password is read from the keyboard, so that it shows
        neither on the screen nor in the list of processes.
      </p>
      <Code id="code-login" text={logIn(origin)} />
      <p>
        A search has the same parameters as CSV and as JSON. Without{" "}
        <code>page</code> you get all rows.
      </p>
      <Code id="code-search" text={search(origin)} />
      <p>
        Archives are large. The page of a finished download makes you an address
        that needs no log-in and works until the archive expires; an interrupted
        transfer goes on where it stopped. The page also shows the checksum.
      </p>
      <Code id="code-archive" text={archive(origin)} />
    </section>
  );
}

/** What can be done with the two files in Python. */
export function Python() {
  return (
    <section id="python">
      <h2>In Python</h2>
      <p>
        The search of the last section as arrays. Missing values are{" "}
        <code>null</code> in JSON and become <code>nan</code>:
      </p>
      <Code id="code-json" text={READ_JSON} />
      <p>
        An archive, each file checked against the manifest. What could not be
        had is listed there, with the reason:
      </p>
      <Code id="code-zip" text={READ_ZIP} />
    </section>
  );
}

/** The Origin header is what the site asks of every form that is sent. */
function logIn(origin: string): string {
  return `read -rs PASSWORD
printf %s "$PASSWORD" | curl --fail --silent --show-error \\
  --cookie-jar mgkdb.cookies --header "Origin: ${origin}" \\
  --data-urlencode "email=you@institute.org" --data-urlencode "password@-" \\
  ${origin}/login`;
}

function search(origin: string): string {
  return `curl --fail --cookie mgkdb.cookies --output runs.csv \\
  "${origin}/runs.csv?kind=linear&code=CGYRO&RLTi_min=6"
curl --fail --cookie mgkdb.cookies --output runs.json \\
  "${origin}/runs.json?kind=linear&code=CGYRO&RLTi_min=6"`;
}

function archive(origin: string): string {
  return `curl --fail -C - --output mgkdb.zip "${origin}/a/..."
echo "<sha256 from the page>  mgkdb.zip" | sha256sum --check`;
}

const READ_JSON = `import json
import numpy as np

with open("runs.json") as file:
    runs = json.load(file)["runs"]

ky = np.array([run["ky"] for run in runs], dtype=float)
gamma = np.array([run["gamma"] for run in runs], dtype=float)
a_over_R = np.array([run["a_over_R"] for run in runs], dtype=float)

gamma_cs_a = gamma * np.sqrt(2) * a_over_R  # v_ref/R0 -> c_s/a
k_y_rho_s = ky / np.sqrt(2)                 # rho_ref -> rho_s
print(f"{np.isfinite(gamma).sum()} of {len(runs)} runs have a growth rate")`;

const READ_ZIP = `import hashlib, json, zipfile

with zipfile.ZipFile("mgkdb.zip") as archive:
    names = set(archive.namelist())
    header, *lines = archive.read("MANIFEST.tsv").decode().splitlines()
    for line in lines:
        entry = dict(zip(header.split("\\t"), line.split("\\t")))
        if entry["path"] not in names:
            print("not in the archive:", entry["path"], entry["status"])
            continue
        digest = hashlib.sha256(archive.read(entry["path"])).hexdigest()
        assert digest == entry["sha256"], entry["path"]

    for name in names:
        if "/mgkdb_summary_for_run" in name:
            document = json.loads(archive.read(name))
            print(name, document["_id"])`;
