import type { InputParameters, Maybe, Simulation } from "./simulation.ts";
import { ratio } from "./roles.ts";

/** The code's own name of the parameter, per code; looked up without regard to case or namelist. */
type NameByCode = Partial<Record<string, string>>;

const KY: NameByCode = { CGYRO: "KY", TGLF: "KY", GENE: "kymin", GS2: "aky" };
const Z_EFF: NameByCode = { CGYRO: "Z_EFF", TGLF: "ZEFF", GENE: "Zeff" };
const RESOLUTION: Record<Axis, NameByCode> = {
  nx: { GENE: "nx0", CGYRO: "N_RADIAL", GS2: "nx", GX: "nkx" },
  nky: {
    GENE: "nky0",
    CGYRO: "N_TOROIDAL",
    TGLF: "NKY",
    GS2: "naky",
    GX: "nky",
  },
  nz: {
    GENE: "nz0",
    CGYRO: "N_THETA",
    TGLF: "NXGRID",
    GS2: "ntheta",
    GX: "ntheta",
  },
  nv: {
    GENE: "nv0",
    CGYRO: "N_XI",
    TGLF: "NBASIS_MAX",
    GS2: "ngauss",
    GX: "nhermite",
  },
  nw: { GENE: "nw0", CGYRO: "N_ENERGY", GS2: "negrid", GX: "nlaguerre" },
};
/** R0/a as an input holds it. */
const MAJOR_RADIUS: NameByCode = {
  CGYRO: "RMAJ",
  TGLF: "RMAJ_LOC",
  GS2: "rmaj",
  GX: "Rmaj",
};
const MAX_A_OVER_R = 0.95;
/** r/R0 on the last surface may equal a/R0 up to how inputs are rounded. */
const ROUNDING = 1e-6;
/** GENE's minor_r within this of a placeholder says nothing about a. */
const PLACEHOLDER = 0.01;

type Axis = "nx" | "nky" | "nz" | "nv" | "nw";

/** The value of one input parameter, whatever its case and namelist; undefined when the input has none. */
export function parameter(
  input: InputParameters,
  name: string,
): string | number | boolean | undefined {
  const wanted = name.toLowerCase();
  const key = Object.keys(input).find((k) =>
    k.slice(k.lastIndexOf(".") + 1).toLowerCase() === wanted
  );
  return key === undefined ? undefined : input[key];
}

/** One input parameter as a number; Fortran's `1.0d-3` is understood. */
export function numberParameter(input: InputParameters, name: string): Maybe {
  const value = parameter(input, name);
  return typeof value === "boolean" || value === undefined
    ? null
    : asNumber(value);
}

/** A value of an input file as a number; null when it is none, or not finite. */
export function asNumber(value: string | number): Maybe {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value.trim() === "") return null;
  const parsed = Number(
    value.trim().replace(/^([+-]?[\d.]+)[dD]([+-]?\d+)$/, "$1e$2"),
  );
  return Number.isFinite(parsed) ? parsed : null;
}

/** k_y as the user typed it, in the code's own unit. GX inputs hold a box size instead. */
export function inputKy(sim: Simulation): Maybe {
  return byCode(sim, KY);
}

/** Z_eff of the collision operator as typed. */
export function inputZeff(sim: Simulation): Maybe {
  return byCode(sim, Z_EFF);
}

/** Grid points along one axis, under the code's own name (TGLF has no grid in x and w). */
export function resolution(sim: Simulation, axis: Axis): Maybe {
  const n = byCode(sim, RESOLUTION[axis]);
  return n !== null && Number.isInteger(n) && n >= 0 && n < 2 ** 31 ? n : null;
}

/** a/R0 from the input; null unless r/R0 <= a/R0 < 0.95 (physics.md 2). */
export function minorOverMajor(
  code: string | null,
  input: InputParameters,
  rOverR: Maybe,
): Maybe {
  const a = code === "GENE" ? geneMinorOverMajor(input) : inverse(code, input);
  if (a === null || rOverR === null) return null;
  return a < MAX_A_OVER_R && a >= rOverR * (1 - ROUNDING) ? a : null;
}

function inverse(code: string | null, input: InputParameters): Maybe {
  const name = MAJOR_RADIUS[code ?? ""];
  return name === undefined ? null : ratio(1, numberParameter(input, name));
}

/** GENE's minor_r about major_R or about trpeps major_R is a placeholder. */
function geneMinorOverMajor(input: InputParameters): Maybe {
  const [minor, major, trpeps] = ["minor_r", "major_R", "trpeps"].map((n) =>
    numberParameter(input, n)
  );
  const a = ratio(minor!, major!);
  if (a === null) return null;
  const isAbout = (x: Maybe | undefined) =>
    x !== null && x !== undefined &&
    Math.abs(a - x) <= PLACEHOLDER * Math.abs(x);
  return isAbout(1) || isAbout(trpeps) ? null : a;
}

function byCode(sim: Simulation, names: NameByCode): Maybe {
  const name = names[sim.tags.code ?? ""];
  return name === undefined ? null : numberParameter(sim.input, name);
}

const CGYRO_MODELS: Record<string, string> = {
  "1": "s-alpha",
  "2": "miller",
  "3": "fourier",
};
const TGLF_MODELS: Record<string, string> = {
  "0": "s-alpha",
  "1": "miller",
  "2": "fourier",
  "3": "elite",
};

/** How the flux surface is described: `miller`, `s-alpha`, `tracer_efit` ...; null when the input does not say. */
export function geometry(sim: Simulation): string | null {
  const value = (name: string) =>
    String(parameter(sim.input, name) ?? "").replaceAll("'", "").trim()
      .toLowerCase();
  const named: Record<string, () => string> = {
    GENE: () => value("magn_geometry"),
    CGYRO: () => CGYRO_MODELS[value("EQUILIBRIUM_MODEL")] ?? "",
    TGLF: () => TGLF_MODELS[value("GEOMETRY_FLAG")] ?? "",
    GS2: () =>
      /^(true|t|\.true\.)$/.test(value("local_eq"))
        ? "miller"
        : value("equilibrium_option"),
    GX: () => value("geo_option"),
  };
  const name = named[sim.tags.code ?? ""]?.() ?? "";
  return name === "" ? null : name.replace(/^s[_-]?alpha$/, "s-alpha");
}
