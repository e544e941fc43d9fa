import { imasDocument, imasSpecies } from "../../db/source/make_document.ts";

/** Members of a scan, wavevectors and modes of a TGLF run, times of a trace: as large as real ones. */
const SCAN = 14;
const TGLF = { wavevectors: 24, modes: 5 };
const TIMES = 4000;
const RELATIVES = 70;
const KY = Array.from({ length: 16 }, (_, k) => 0.05 * k);

type Document = ReturnType<typeof imasDocument>;

/** Documents of the source, and of each page the title and the run. */
export function benchDocuments(): {
  LinearRuns: Document[];
  NonlinRuns: Document[];
  pages: [string, Document][];
} {
  const scan = Array.from({ length: SCAN }, (_, k) => linear(k));
  const tglf = manyModes();
  const alone = turbulent("alone", 3);
  const related = turbulent("related", 1.5);
  const relatives = Array.from({ length: RELATIVES }, (_, k) => {
    const document = k % 2 === 0 ? turbulent(`r${k}`, 1.5) : linear(k);
    document.Metadata.CodeTag.sim_type = ["GENE", "GX", "CGYRO"][k % 3]!;
    document.Metadata.DBtag.run_suffix = `relative_${k}`;
    Object.assign(document.gyrokineticsIMAS.flux_surface, { q: 1.5 });
    return document;
  });
  const isLinear = (d: Document) => d.Metadata.CodeTag.IsLinear;
  return {
    LinearRuns: [...scan, tglf, ...relatives.filter(isLinear)],
    NonlinRuns: [alone, related, ...relatives.filter((d) => !isLinear(d))],
    pages: [
      ["linear run in a scan", scan[3]!],
      ["TGLF run with 120 modes", tglf],
      ["nonlinear run with traces", alone],
      ["nonlinear run with 70 relatives", related],
    ],
  };
}

function linear(k: number): Document {
  const document = imasDocument({ suffix: `_${k}`, code: "GENE" });
  const [wavevector] = document.gyrokineticsIMAS.linear.wavevector;
  wavevector!.binormal_wavevector_norm = 0.05 * (k + 1);
  Object.assign(wavevector!.eigenmode[0]!, {
    growth_rate_norm: 0.05 * (k + 1) * Math.exp(-k / 7),
    linear_weights: {
      energy_phi_potential: [1.5, 3],
      particles_phi_potential: [0.25, 0.25],
    },
  });
  return document;
}

function manyModes(): Document {
  const document = imasDocument({ suffix: "tglf", code: "TGLF" });
  document.gyrokineticsIMAS.linear.wavevector = Array.from(
    { length: TGLF.wavevectors },
    (_, w) => ({
      binormal_wavevector_norm: 0.1 * (w + 1),
      radial_wavevector_norm: 0,
      eigenmode: Array.from({ length: TGLF.modes }, (_, m) => ({
        growth_rate_norm: 0.1 * (w + 1) / (m + 1),
        frequency_norm: 0.2 - 0.1 * m,
        growth_rate_tolerance: 0,
        angle_pol: [-Math.PI, Math.PI],
      })),
    }),
  );
  return document;
}

/** A nonlinear run of three species with particle and heat fluxes by three fields. */
function turbulent(suffix: string, q: number): Document {
  const document = imasDocument({ suffix });
  document.Metadata.CodeTag.IsLinear = false;
  const content = document.gyrokineticsIMAS;
  content.species = [
    imasSpecies(-1, 2.7e-4),
    imasSpecies(1, 1, { n: 0.9 }),
    imasSpecies(6, 6, { n: 0.1 / 6 }),
  ];
  content.collisions.collisionality_norm = [0, 1, 2].map(() => [0.2, 0.1, 0.1]);
  content.flux_surface.q = q;
  const table = <T>(of: (species: number) => T) =>
    Object.fromEntries(
      ["particles", "energy"].flatMap((flux) =>
        ["phi_potential", "a_field_parallel", "b_field_parallel"].map((
          field,
        ) => [`${flux}_${field}`, [0, 1, 2].map(of)])
      ),
    );
  const time = Array.from({ length: TIMES }, (_, k) => k / 4);
  Object.assign(content, {
    linear: {},
    non_linear: {
      quasi_linear: 0,
      binormal_wavevector_norm: KY,
      time_norm: time,
      time_interval_norm: [0.5, 1],
      fluxes_1d: table((s) => 10 + s),
      fluxes_2d_k_x_sum: table((s) =>
        KY.map((k) => (10 + s) * k * Math.exp(-k / 0.2))
      ),
      fluxes_2d_k_x_k_y_sum: table((s) =>
        time.map((t) => 10 + s + Math.sin(3 * t) + Math.cos(0.77 * t))
      ),
    },
  });
  return document;
}
