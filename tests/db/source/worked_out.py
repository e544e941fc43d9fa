"""Works out the columns of every document of a folder of BSON dumps, straight from the bytes.

A second way to the numbers of the catalogue, written from the definitions of the glossary and from where things
stand in both layouts. It shares no line with the project: own BSON reader (dumps.py), own roles of species, own sums. Prints one
JSON object, {document id: {column: value}}. Left to other tests: mode, saturated, has, n_files, n_missing, bytes.
"""

import datetime
import json
import math
import sys

from dumps import documents, num, parameters

NEW_SCALE = datetime.datetime(2025, 8, 13)
FIELDS = ["phi_potential", "a_field_parallel", "b_field_parallel"]
# The code's own names, lower case: k_y as typed, resolution, R0/a, how the surface is described.
INPUT = {
    "GENE": dict(ky_input="kymin", nx="nx0", nky="nky0", nz="nz0", nv="nv0", nw="nw0", geometry="magn_geometry"),
    "CGYRO": dict(ky_input="ky", nx="n_radial", nky="n_toroidal", nz="n_theta", nv="n_xi", nw="n_energy",
                  aspect="rmaj", geometry="equilibrium_model"),
    "TGLF": dict(ky_input="ky", nky="nky", nz="nxgrid", nv="nbasis_max", aspect="rmaj_loc", geometry="geometry_flag"),
    "GS2": dict(ky_input="aky", nx="nx", nky="naky", nz="ntheta", nv="ngauss", nw="negrid", aspect="rmaj",
                geometry="local_eq"),
    "GX": dict(nx="nkx", nky="nky", nz="ntheta", nv="nhermite", nw="nlaguerre", aspect="rmaj", geometry="geo_option"),
}
# What the documents write for a Miller surface; the real ones have no other.
MILLER = {"GENE": "miller", "CGYRO": "2", "TGLF": "1", "GS2": "true", "GX": "miller"}


def typed(p, name):
    try:
        return num(float(p[name])) if name in p else None
    except ValueError:
        return None


def tags(d, m):
    db, code, scenario = m.get("DBtag", m), m.get("CodeTag", m), m.get("ScenarioTag", m)
    at = datetime.datetime.fromtimestamp(int(d["_id"][:8], 16), datetime.timezone.utc).replace(tzinfo=None)
    stamp = datetime.datetime.strptime(db["last_updated"], "%y%m%d-%H%M%S")
    words = db["keywords"] if isinstance(db["keywords"], list) else db["keywords"].split(",")
    c = float(db["confidence"])
    scale = "unset" if c < 0 else "0-3" if at >= NEW_SCALE and c <= 3 else "1-10"
    return dict(
        user=db["user"], folder="/".join(db["run_collection_name"].split("/")[-2:]), suffix=db["run_suffix"],
        device=scenario.get("Name of actual of hypothetical experiment") or None,
        scenario=scenario.get("scenario_runid") or None, platform=code.get("platform") or None,
        workflow=code.get("workflow_type") or None, comments=db["comments"] or None,
        keywords=[w.strip().lower() for w in words if w.strip() != "-"], source_id=d["_id"],
        confidence=int(c) if scale == "0-3" else None, confidence_raw=f"{c:g}", confidence_scale=scale,
        uploaded_at=at.isoformat() + ".000Z", updated_at=stamp.isoformat() + ".000Z")


def species(s, g, old):
    """Who is who, and what follows from it."""
    e = next((x for x in s if x["charge_norm"] == -1), None)
    ions = [x for x in s if x["charge_norm"] > 0]
    i = max([x for x in ions if x["charge_norm"] == 1] or ions, key=lambda x: x["density_norm"])
    z = [x for x in ions if x is not i and x["charge_norm"] > 1 and x["temperature_norm"] <= 3 * i["temperature_norm"]]
    nu = g["collisions"]["collisionality_norm"]
    found = dict(n_species=len(s), adiabatic="none" if e else "electrons", mass_i=i["mass_norm"],
                 Ti_Te=i["temperature_norm"] / (e["temperature_norm"] if e else 1),
                 Z_imp=z[0]["charge_norm"] if z else None, n_imp=z[0]["density_norm"] if z else None)
    for role, x in (("e", e), ("i", i)):
        n, t = (x["density_log_gradient_norm"], x["temperature_log_gradient_norm"]) if x else (None, None)
        k = s.index(x) if x else None
        found |= {"RLn" + role: n, "RLT" + role: t, "eta_" + role: t / n if n and abs(n) >= 1e-3 else None,
                  "nu_" + role * 2: nu[k][k] * (4 * math.pi if old else 1) if x else None}
    found["Z_eff"] = sum(x["density_norm"] * x["charge_norm"]**2 for x in ions) / (
        e["density_norm"] if e else sum(x["density_norm"] * x["charge_norm"] for x in ions))
    return found, e, i, ions


def surface(f, p, code, old):
    q, eps, pp = f["q"], f["r_minor_norm"], num(f["pressure_gradient_norm"])
    if code == "GENE":
        a = p["minor_r"] and typed(p, "minor_r") / typed(p, "major_r")
        a = None if any(abs(a - x) <= 0.01 * x for x in (1, typed(p, "trpeps"))) else a
    else:
        a = 1 / typed(p, INPUT[code]["aspect"])
    return dict(
        q=abs(q), r_over_R=eps, p_prime=pp, alpha_MHD=None if pp is None else q * q * pp,
        s_hat=typed(p, "shat") if old else f["magnetic_shear_r_minor"],
        kappa=typed(p, "kappa") if num(f["elongation"]) is None else f["elongation"],
        delta=f["triangularity_upper"] if old else math.sin(f["shape_coefficients_s"][1]),
        zeta=typed(p, "zeta") if old else 0 - f["shape_coefficients_s"][2],
        a_over_R=a if a is not None and eps * (1 - 1e-6) <= a < 0.95 else None,
        geometry="miller" if str(p[INPUT[code]["geometry"]]).lower() == MILLER[code] else "?")


def fluxes(values, s, e, i, ions):
    """Heat and particle fluxes summed over the fields, and the magnetic share; `values(quantity, field)` per species."""
    def total(quantity, x):
        stored = [v for v in (values(quantity, f) for f in FIELDS) if v]
        return sum(v[s.index(x)] for v in stored) if x is not None and stored else None

    phi = values("energy", FIELDS[0])
    if not phi:
        return None
    magnetic = [sum(v[k] for v in (values("energy", f) for f in FIELDS[1:]) if v) for k in range(len(s))]
    share = sum(map(abs, magnetic)) / (sum(map(abs, phi)) + sum(map(abs, magnetic)))
    return (total("energy", e), sum(total("energy", x) for x in ions), total("energy", i), total("particles", e), share)


def linear(w, code, s, roles, old):
    """Wavenumbers, and the mode of largest growth rate with k_y other than 0."""
    ky, kx = ("binormal_component_norm", "radial_component_norm") if old else (
        "binormal_wavevector_norm", "radial_wavevector_norm")
    at, mode = max(((x, m) for x in w if x[ky] != 0 for m in x["eigenmode"]), key=lambda t: t[1]["growth_rate_norm"])
    gamma, omega, k = mode["growth_rate_norm"], mode["frequency_norm"], abs(at[ky])
    tolerance = num(mode["growth_rate_tolerance"])
    drive = max((abs(x["density_log_gradient_norm"]) + abs(x["temperature_log_gradient_norm"]))
                * max(1, x["temperature_norm"]) for x in s)
    settled = "solver" if code == "TGLF" else "unknown" if tolerance is None else "yes" if tolerance <= 0.1 else "no"

    def weights(quantity, field):
        if old:
            found = [num(x[f"{quantity}_{field}"]) for x in mode["fluxes_norm"]]
            return [] if all(x is None for x in found) else found
        return (mode.get("linear_weights") or {}).get(f"{quantity}_{field}")

    q_e, q_i, _, g_e, share = fluxes(weights, s, *roles) or [None] * 5
    return dict(
        ky=k, kx=at[kx], gamma=gamma, omega=omega, gamma_tolerance=tolerance, gamma_over_ky2=gamma / k**2,
        direction="unclear" if abs(omega) < 0.1 * gamma else "ion" if omega > 0 else "electron",
        convergence=settled, implausible=max(abs(gamma), abs(omega)) > 3 * k / 2 * drive,
        stability="unstable" if gamma > 0 else "stable" if settled in ("yes", "solver") else "unknown",
        ql_em_share=share, ql_Qi_Qe=q_i / q_e if q_e else None, ql_Ge_Qe=g_e / q_e if q_e else None)


def row(collection, d):
    m, g = d.get("Metadata") or d["Meta"], d.get("gyrokineticsIMAS") or d["gyrokinetics"]
    old, code, p = "wavevector" in g, g["code"]["name"], parameters(g["code"]["parameters"])
    w = g["wavevector"] if old else g["linear"]["wavevector"] if g.get("linear") else []
    n = {} if old else g.get("non_linear") or {}
    kind = ("nonlinear" if g["model"]["non_linear_run"] else "linear") if old else (
        "quasilinear" if n.get("quasi_linear") == 1 else "linear" if w else "nonlinear")
    found, *roles = species(g["species"], g, old)
    found |= tags(d, m) | surface(g["flux_surface"], p, code, old)
    nu, electron = found["nu_ee"], roles[0]
    a, b = g["model"]["include_a_field_parallel"], g["model"]["include_b_field_parallel"]
    all_ky = [x["binormal_component_norm" if old else "binormal_wavevector_norm"] for x in w] if kind == "linear" else (
        n.get("binormal_wavevector_norm") or [])
    ky = sorted(abs(x) for x in all_ky if x)
    found |= dict(
        code=code, layout="gkdb" if old else "imas", collection=collection, kind=kind,
        beta_e=num(g["species_all"]["beta_reference"]), rotation=num(g["species_all"]["velocity_tor_norm"]),
        gamma_E=num(g["species_all"]["shearing_rate_norm"]), electromagnetic=bool(a),
        fields="phi+A+B" if a and b else "phi+A" if a else "phi",
        nu_star_e=None if nu is None else found["Z_eff"] * nu * found["q"] * math.sqrt(electron["mass_norm"])
        / found["r_over_R"]**1.5,
        converter_version=None if old else g["code"]["library"][0]["version"],
        n_ky=len(all_ky) or None, ky_lo=ky[0] if ky else None, ky_hi=ky[-1] if ky else None,
        n_kx=None if kind == "linear" else len(n.get("radial_wavevector_norm") or []) or None,
        t_end=n["time_norm"][-1] if kind == "nonlinear" and n.get("time_norm") else None)
    found |= {c: typed(p, INPUT[code].get(c, "")) for c in ("ky_input", "nx", "nky", "nz", "nv", "nw")}
    one, many = [None] * 5, linear(w, code, g["species"], roles, old) if kind == "linear" else {}
    if kind != "linear":
        one = fluxes(lambda q, f: (n.get("fluxes_1d") or {}).get(f"{q}_{f}"), g["species"], *roles) or one
        many = dict.fromkeys("ky kx gamma omega gamma_tolerance gamma_over_ky2 direction convergence implausible "
                             "stability ql_em_share ql_Qi_Qe ql_Ge_Qe".split())
    return found | many | dict(zip(("Q_e", "Q_i", "Q_i_main", "G_e", "em_share"), one))


def rows(folder):
    """The columns of every document, by its id."""
    return {d["_id"]: row(collection, d)
            for name, collection in (("LinearRuns", "linear"), ("NonlinRuns", "nonlinear"))
            for d in documents(folder, name)}


if __name__ == "__main__":
    json.dump(rows(sys.argv[1]), sys.stdout)
