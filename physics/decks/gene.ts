import type { DeckSpecies, RawDeck } from "./deck.ts";
import { flagIn, flatten, numberIn, type Section, wordIn } from "./text.ts";

/** sqrt(m_D/m_e), CODATA 2018. */
const ROOT_MASS_RATIO = Math.sqrt(3670.482967);
const MAX_SPECIES = 12;
/** dpdx_pm: the pressure gradient follows from beta; from amhd. */
const FROM_BETA = -1;
const FROM_AMHD = -2;

/** GENE's `parameters`: units of L_ref, c_ref and B_ref, which the input leaves free; L_ref through major_R. */
export function readGene(sections: Section[]): RawDeck {
  const of = (name: string) => sections.find((s) => s.name === name);
  const [box, general, geometry, outer] = [
    "box",
    "general",
    "geometry",
    "external_contr",
  ].map(of);
  const n = (
    section: Section | undefined,
    key: string,
    absent: number | null,
  ) => numberIn(section, key) ?? absent;
  const model = wordIn(geometry, "magn_geometry") ?? "miller";
  const isMiller = model.startsWith("miller");
  const isCircular = ["circular", "s_alpha", "slab"].includes(model);
  const nonlinear = flagIn(general, "nonlinear") === true;
  const beta = n(general, "beta", 0);
  const coll = n(general, "coll", 0)!;
  const major = n(geometry, "major_r", 1);
  return {
    code: "GENE",
    kind: nonlinear ? "nonlinear" : "linear",
    input: flatten(sections),
    major,
    r_over_R: n(geometry, "trpeps", null),
    q: n(geometry, "q0", null),
    s_hat: n(geometry, "shat", isMiller || isCircular ? 0 : null),
    ...shape(geometry, { isMiller, isCircular }),
    beta,
    p_prime: pressureGradient(geometry, major),
    speed: 1,
    ky: nonlinear || (n(box, "nky0", 1)! > 1) ? null : n(box, "kymin", null),
    species: speciesOf(sections),
    adiabatic: null,
    nu_ee: 4 * coll * ROOT_MASS_RATIO,
    gamma_E: n(outer, "exbrate", 0),
    rotation: n(outer, "omega0_tor", 0),
    a_parallel: beta !== null && beta !== 0,
    b_parallel: flagIn(general, "bpar") ?? false,
    notes: isMiller || isCircular ? [] : [
      `The surface of magn_geometry = '${
        model.slice(0, 40)
      }' is in another file: its shape is left out, and k_y is as for a circle.`,
    ],
  };
}

/** The cross-section: typed for Miller surfaces only, known for circles, and else in another file. */
function shape(
  geometry: Section | undefined,
  { isMiller, isCircular }: { isMiller: boolean; isCircular: boolean },
) {
  const n = (key: string, absent: number) =>
    isMiller ? numberIn(geometry, key) ?? absent : isCircular ? absent : null;
  return {
    kappa: n("kappa", 1),
    delta: n("delta", 0),
    zeta: n("zeta", 0),
    shift: n("drr", 0),
    s_kappa: n("s_kappa", 0),
    s_delta: n("s_delta", 0),
    s_zeta: n("s_zeta", 0),
    turnsHeight: true,
    unitField: false,
    field: 1,
  };
}

function speciesOf(sections: Section[]): DeckSpecies[] {
  return sections.filter((s) => s.name === "species").slice(0, MAX_SPECIES)
    .map((s) => ({
      charge: numberIn(s, "charge"),
      mass: numberIn(s, "mass"),
      density: numberIn(s, "dens"),
      temperature: numberIn(s, "temp"),
      RLn: numberIn(s, "omn"),
      RLT: numberIn(s, "omt"),
    }));
}

function pressureGradient(
  geometry: Section | undefined,
  major: number | null,
): RawDeck["p_prime"] {
  const given = numberIn(geometry, "dpdx_pm") ?? FROM_AMHD;
  if (given === FROM_BETA) return { share: 1 };
  if (given !== FROM_AMHD) return { value: given };
  const [amhd, q] = [
    numberIn(geometry, "amhd") ?? 0,
    numberIn(geometry, "q0"),
  ];
  if (amhd === FROM_BETA) return { share: 1 };
  return { value: q && major ? amhd / (q ** 2 * major) : null };
}
