import { imasDocument, imasSpecies } from "../db/source/make_document.ts";

/** Carbon, electrons, deuterium; electromagnetic; with flux weights. */
export function impureDocument() {
  const document = imasDocument();
  const content = document.gyrokineticsIMAS;
  content.flux_surface = {
    ...content.flux_surface,
    q: -3.4,
    r_minor_norm: 0.25,
    elongation: 1.6,
    pressure_gradient_norm: 0.4,
    shape_coefficients_s: [0, 0.3, -0.05],
  };
  content.code.parameters = "<root><KY>0.25</KY><RMAJ>2.5</RMAJ></root>";
  content.species = [
    imasSpecies(6, 6, { n: 0.04, t: 1.2, RLn: 1, RLT: 8 }),
    imasSpecies(-1, 2.7244e-4, { RLn: 2.52, RLT: 6 }),
    imasSpecies(1, 1, { n: 0.76, t: 1.2, RLn: 3, RLT: 10 }),
  ];
  content.species_all.beta_reference = 0.004;
  content.model.include_a_field_parallel = 1;
  content.collisions.collisionality_norm = [
    [0.03, 0.1, 0.02],
    [0.4, 0.5, 0.45],
    [0.02, 0.1, 0.01],
  ];
  content.linear.wavevector = [{
    binormal_wavevector_norm: -0.5,
    radial_wavevector_norm: -0.1,
    eigenmode: [{
      growth_rate_norm: 0.4,
      frequency_norm: -0.3,
      growth_rate_tolerance: 0.02,
      angle_pol: [],
      linear_weights: {
        energy_phi_potential: [1, 3, 4],
        energy_a_field_parallel: [0.5, -1, -0.5],
        energy_b_field_parallel: [],
        particles_phi_potential: [0, 0.4, 0.4],
        particles_a_field_parallel: [0, 0.1, 0.1],
        momentum_tor_parallel_a_field_parallel: 9e40,
      },
    } as never],
  }];
  return document;
}

/** GENE in the layout of before 2024, under the names of that time. */
export function oldDocument(parameters: Record<string, unknown>) {
  const { _id } = imasDocument();
  return {
    _id,
    Meta: {
      user: "user_t",
      run_collection_name: "/home/t/old",
      run_suffix: "_0001",
      simulation_type: "GENE",
      keywords: ["-", "linear"],
      confidence: -1,
    },
    gyrokinetics: {
      ids_properties: { creator: "user_t", date: "2022-06-15" },
      code: {
        name: "GENE",
        parameters: {
          magn_geometry: "'circular'",
          minor_r: 1,
          major_R: 1,
          kymin: 0.15,
          ...parameters,
        },
      },
      flux_surface: {
        r_minor_norm: 0.18,
        q: 1.4,
        magnetic_shear_r_minor: 3.1,
        elongation: null,
        triangularity_upper: 0.12,
        shape_coefficients_s: [0, 0.7, 0.1],
      },
      species_all: { beta_reference: 0, zeff: null },
      species: [{ name: "'ions'", ...imasSpecies(1, 1) }, {
        name: "'electrons'",
        ...imasSpecies(-1, 2.7e-4),
      }],
      collisions: { collisionality_norm: [[0.001, 0.02], [0.001, 0.02]] },
      model: {
        non_linear_run: false,
        include_a_field_parallel: false,
        include_b_field_parallel: false,
      },
      wavevector: [{
        radial_component_norm: 0,
        binormal_component_norm: 0.21,
        poloidal_turns: 1,
        eigenmode: [{
          growth_rate_norm: 0.15,
          frequency_norm: 0.3,
          growth_rate_tolerance: 0.2,
        }],
      }],
    },
  };
}

/** TGLF's transport model, which the uploader may put among the linear runs (schema.md 0.5). */
export function quasilinearDocument() {
  const document = impureDocument();
  document.Metadata.CodeTag.sim_type = "TGLF";
  document.gyrokineticsIMAS.non_linear = {
    quasi_linear: 1,
    binormal_wavevector_norm: [0.2, 0.4, 0.8],
    radial_wavevector_norm: [0],
    time_norm: [0],
    fluxes_1d: {
      energy_phi_potential: [1, 3, 6],
      energy_a_field_parallel: [0.2, -0.5, 0.2],
      particles_phi_potential: [0, 0.1, 0.1],
    },
    fluxes_2d_k_x_sum: {
      energy_phi_potential: [[0.5, 0.3, 0.2], [1, 1, 1], [3, 2, 1]],
    },
    fluxes_2d_k_x_k_y_sum: null,
  } as never;
  return document;
}
