import { type Column, number, text } from "../column.ts";
import { geometry } from "../input.ts";
import { finite, product } from "../roles.ts";

/** Shape and magnetic field of the flux surface. */
export const SURFACE_COLUMNS: Column[] = [
  number("surface", {
    key: "q",
    symbol: "|q|",
    label: "|q|",
    name: "Safety factor",
    meaning:
      "Absolute value: the stored sign only tells the directions of current and field.",
    imas: "flux_surface.q",
    old: "flux_surface.q",
  }, (sim) => absolute(sim.surface.q)),
  number("surface", {
    key: "s_hat",
    symbol: "ŝ",
    label: "s-hat",
    name: "Magnetic shear",
    meaning:
      "Relative change of q with r. The old layout stores another quantity under this name, so there it is the input's own value.",
    formula: "(r/q) dq/dr",
    imas: "flux_surface.magnetic_shear_r_minor",
    old: "code.parameters.shat",
    signed: true,
  }, (sim) => sim.surface.s_hat),
  number("surface", {
    key: "r_over_R",
    symbol: "r/R_0",
    label: "r/R0",
    name: "Inverse aspect ratio",
    meaning:
      "Half width of the flux surface over the major radius of its centre.",
    imas: "flux_surface.r_minor_norm",
    old: "flux_surface.r_minor_norm",
  }, (sim) => sim.surface.r_over_R),
  number("surface", {
    key: "a_over_R",
    symbol: "a/R_0",
    label: "a/R0",
    name: "Minor over major radius",
    meaning:
      "From the input file, as the documents do not hold it; accepted only between r/R0 and 0.95. Needed to show c_s/a units.",
    formula:
      "CGYRO 1/RMAJ, TGLF 1/RMAJ_LOC, GENE minor_r/major_R, GS2 1/rmaj, GX 1/Rmaj",
  }, (sim) => sim.surface.a_over_R),
  number("surface", {
    key: "kappa",
    symbol: "κ",
    label: "kappa",
    name: "Elongation",
    meaning:
      "Height over width of the flux surface. Old documents have it for Miller geometry only.",
    imas: "flux_surface.elongation",
    old: "flux_surface.elongation, else code.parameters.kappa",
  }, (sim) => sim.surface.kappa),
  number("surface", {
    key: "delta",
    symbol: "δ",
    label: "delta",
    name: "Triangularity",
    meaning: "Positive for a D shape.",
    formula: "sin(s_1) of the angle harmonics",
    imas: "flux_surface.shape_coefficients_s",
    old: "flux_surface.triangularity_upper",
    signed: true,
  }, (sim) => sim.surface.delta),
  number("surface", {
    key: "zeta",
    symbol: "ζ",
    label: "zeta",
    name: "Squareness",
    meaning: "Second sine harmonic of the surface's angle, with opposite sign.",
    formula: "-s_2 of the angle harmonics",
    imas: "flux_surface.shape_coefficients_s",
    old: "code.parameters.zeta",
    signed: true,
  }, (sim) => sim.surface.zeta),
  number("surface", {
    key: "p_prime",
    symbol: "p′",
    label: "p'",
    name: "Pressure gradient",
    meaning: "As stored; positive for a peaked profile. It is not alpha_MHD.",
    formula: "-(2 mu0 R0/B_ref^2) dp/dr",
    imas: "flux_surface.pressure_gradient_norm",
    old: "flux_surface.pressure_gradient_norm",
    signed: true,
  }, (sim) => sim.surface.p_prime),
  number(
    "surface",
    {
      key: "alpha_MHD",
      symbol: "α_{MHD}",
      label: "alpha_MHD",
      name: "Ballooning parameter",
      meaning: "Normalised pressure gradient of ideal ballooning theory.",
      formula: "q^2 p'",
      signed: true,
    },
    (sim) =>
      product(
        sim.surface.p_prime,
        sim.surface.q === null ? null : finite(sim.surface.q ** 2),
      ),
  ),
  text("surface", {
    key: "geometry",
    label: "geometry",
    name: "Geometry model",
    meaning:
      "How the input describes the flux surface: miller, s-alpha, a traced equilibrium ...",
    formula:
      "GENE magn_geometry, CGYRO EQUILIBRIUM_MODEL, TGLF GEOMETRY_FLAG, GS2 local_eq, GX geo_option",
  }, geometry),
];

function absolute(x: number | null): number | null {
  return x === null ? null : Math.abs(x);
}
