import type { Run } from "../db/runs/run.ts";
import { column } from "../physics/columns.ts";
import {
  type Check,
  gradientNeutrality,
  pressureQuality,
  quasineutrality,
  type Recomputation,
} from "../physics/trust.ts";
import { DataTable } from "./data_table.tsx";
import { percent, plural, significant } from "./format.ts";
import {
  type Finding,
  originFindings,
  type RunLinks,
} from "./run_trust_origin.tsx";
import type { Note } from "./run_words.ts";
import { ColumnLabel } from "./run_value.tsx";
import { StateBadge, type Tone } from "./states.tsx";
import { Num } from "./values.tsx";

const CONFIDENCE = [
  "The output was produced; nobody says more (0 of 3).",
  "Somebody looked at it and found it plausible (1 of 3).",
  "It is derived from a run that was checked better (2 of 3).",
  "Its convergence was tested (3 of 3).",
];
const TONES: Record<Check["verdict"], [Tone, string]> = {
  good: ["good", "consistent"],
  bad: ["warn", "inconsistent"],
  unknown: ["idle", "cannot be told"],
};
/** Titles of the remarks at the top of the page that belong here, too. */
const NOTED =
  /^(Implausible|Converged|Not converged|Convergence|Eigenvalue|Saturat|Not saturated|Files are)/;

/** How far a run can be trusted: what its uploader says, what its numbers say of each other, and where it came from. `again`: what the stored input gives. */
export function RunTrust(
  { run, links, notes, again }: {
    run: Run;
    links: RunLinks;
    notes: Note[];
    again: Recomputation | null;
  },
) {
  const { row, detail } = run;
  const findings = [
    confidence(run),
    ...notes.filter((n) => NOTED.test(n.title)).map((n): Finding => ({
      name: row.kind === "linear" ? "Result" : "Turbulence",
      tone: n.tone,
      state: n.title.toLowerCase(),
      text: n.text,
    })),
    charge(quasineutrality(detail.species)),
    chargeGradient(gradientNeutrality(detail.species)),
    pressure(pressureQuality(detail)),
    input(again),
    ...originFindings(run, links),
  ];
  return (
    <section id="trust">
      <h2>What can be checked</h2>
      <DataTable
        label="Checks"
        heads={[{ label: "what" }, { label: "verdict" }, { label: "why" }]}
      >
        {findings.map(({ name, tone, state, text }) => (
          <tr>
            <th scope="row">{name}</th>
            <td>
              <StateBadge state={state} tone={tone} />
            </td>
            <td>{text}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}

function confidence({ row }: Run): Finding {
  const name = "Uploader's confidence";
  const level = row.confidence;
  if (typeof level === "number") {
    return {
      name,
      tone: level > 0 ? "good" : "idle",
      state: `${level} of 3`,
      text: CONFIDENCE[level] ?? "No level of the scale.",
    };
  }
  const raw = row.confidence_raw;
  return {
    name,
    tone: "idle",
    state: raw === null ? "not given" : String(raw),
    text: row.confidence_scale === "1-10"
      ? "On the older scale from 1 to 10, which does not translate into today's."
      : "The uploader gave none that can be read.",
  };
}

function charge({ verdict, value }: Check): Finding {
  return {
    ...checked("Quasineutrality", verdict),
    text: value === null
      ? "Electrons or ions follow a Boltzmann response, so their charge is not stored."
      : `The charges of the species, sum Z n, cancel${within(value)}.`,
  };
}

function chargeGradient({ verdict, value }: Check): Finding {
  return {
    ...checked("Gradients of the charge", verdict),
    text: value === null
      ? "A species or its density gradient is not stored."
      : `The gradients, sum Z n R/L_n, cancel${within(value)}.`,
  };
}

/** To what share; nothing where nothing is left. */
function within(share: number): string {
  return share < 1e-6 ? "" : ` to ${percent(share)}`;
}

function pressure({ verdict, value }: Check): Finding {
  return {
    ...checked("Pressure gradient", verdict),
    text: value === null
      ? "Without beta, or with species that are not stored, there is nothing to compare it with."
      : `p' is ${
        significant(value)
      } times what beta and the gradients of the species give; 1 is consistent, other values may be meant.`,
  };
}

function checked(name: string, verdict: Check["verdict"]) {
  const [tone, state] = TONES[verdict];
  return { name, tone, state };
}

function input(found: Recomputation | null): Finding {
  const name = "Conversion of the input";
  if (found === null || found.compared.length === 0) {
    return {
      name,
      tone: "idle",
      state: "cannot be told",
      text: "No input that can be read is stored with the run.",
    };
  }
  if (found.disagreements.length === 0) {
    return {
      name,
      tone: "good",
      state: "consistent",
      text: `${
        plural(found.compared.length, "quantity", "quantities")
      } recomputed from the stored input agree within 1 %.`,
    };
  }
  return {
    name,
    tone: "bad",
    state: "inconsistent",
    text: (
      <>
        The stored input gives other values, so the converter has probably
        misread its lengths:{" "}
        {found.disagreements.map(({ key, stored, recomputed }, k) => (
          <>
            {k > 0 && "; "}
            <ColumnLabel column={column(key)!} /> stored{" "}
            <Num value={stored} />, from the input <Num value={recomputed} />
          </>
        ))}.
      </>
    ),
  };
}
