"""Works out the numbers of the plots of every document of a folder of BSON dumps, straight from the bytes.

A second way to what the plots' CSV files hold, written from the definitions of the glossary and from where things stand in the documents.
It shares no line with the project: own BSON and pickle readers, own sums. Prints one JSON object: `runs`, by document id the columns of
its plots by head (without units), and `families`, what is drawn of several runs.
"""

import base64
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "db/source"))
from dumps import documents, num, parameters  # noqa: E402
from families import families  # noqa: E402
from stored_files import diagnostics, nrg, omega, stored_files  # noqa: E402
from worked_out import FIELDS, rows  # noqa: E402

SYMBOLS = dict(zip(FIELDS, ("ϕ", "A∥", "B∥")))
FLUXES = {"energy": "Q", "particles": "Γ", "momentum_tor_perpendicular": "Π"}
HALF_TURN = [2 * math.pi * k / 180 for k in range(181)]


def names(species):
    """As the old layout stores them, else electrons and main ions: the real documents have no other."""
    return [x["name"].strip("' ") if x.get("name") else "electrons" if x["charge_norm"] == -1 else "main ions" for x in species]


def bars(values, who):
    """Fluxes by species and field, only what is not all zero; `values(quantity, field)` per species."""
    found = {"species": who}
    for quantity, symbol in FLUXES.items():
        for field in FIELDS:
            stored = values(quantity, field)
            if stored and any(num(v) for v in stored):
                found[f"{symbol} by {SYMBOLS[field]}"] = [num(v) for v in stored]
    return found


def weights(g, old):
    """Of the mode that grows fastest with k_y other than 0; in nonlinear documents of the old layout there is none."""
    ky = "binormal_component_norm" if old else "binormal_wavevector_norm"
    w = g.get("wavevector") if old else (g.get("linear") or {}).get("wavevector")
    modes = [m for x in w or [] if x[ky] != 0 for m in x["eigenmode"] if "growth_rate_norm" in m]
    if not modes:
        return None
    mode = max(modes, key=lambda m: m["growth_rate_norm"])

    def values(quantity, field):
        if old:
            # The old layout fills the parallel part of the momentum flux, the other one the perpendicular part.
            return [x[f"{quantity.replace('perpendicular', 'parallel')}_{field}"] for x in mode["fluxes_norm"]]
        return (mode.get("linear_weights") or {}).get(f"{quantity}_{field}")

    found = bars(values, names(g["species"]))
    return found if any(k.startswith("Q") for k in found) else None


def summed(table, quantity):
    """By species, summed over the fields that are stored."""
    stored = [table[f"{quantity}_{f}"] for f in FIELDS if table and table.get(f"{quantity}_{f}")]
    return [[sum(v) for v in zip(*of_species)] for of_species in zip(*stored)]


def along(xs, lines, head, who):
    """Fluxes of each species along something, ascending."""
    order = sorted(range(len(xs)), key=lambda k: xs[k])
    found = {head: [xs[k] for k in order]}
    for symbol, of_species in lines.items():
        for name, values in zip(who, of_species):
            found[f"{symbol} {name}"] = [values[k] for k in order]
    return found


def nonlinear_plots(n, who):
    found = {}
    heat, particles = (summed(n.get("fluxes_2d_k_x_sum"), q) for q in ("energy", "particles"))
    if heat:
        found["flux-spectrum"] = along([abs(k) for k in n["binormal_wavevector_norm"]], dict(Q=heat, Γ=particles), "|ky| ρref", who)
    heat, particles = (summed(n.get("fluxes_2d_k_x_k_y_sum"), q) for q in ("energy", "particles"))
    if heat:
        total = [[sum(v) for v in zip(*heat)]] if len(heat) > 1 else []
        found["trace"] = along(n["time_norm"], dict(Q=heat + total, Γ=particles), "t", who + ["sum"])
    if n.get("fluxes_1d"):
        found["fluxes"] = bars(lambda q, f: n["fluxes_1d"].get(f"{q}_{f}"), who)
    return found


def surface(g, old):
    """The outline: from the distance series in the old layout, from the harmonics of the poloidal angle in the other."""
    s = g["flux_surface"]
    c, d = s["shape_coefficients_c"], s["shape_coefficients_s"]

    def series(t):
        return sum(x * math.cos(n * t) for n, x in enumerate(c)) + sum(x * math.sin(n * t) for n, x in enumerate(d))

    if old:
        return {"R/R0": [1 + series(t) * math.cos(t) for t in HALF_TURN], "Z/R0": [-series(t) * math.sin(t) for t in HALF_TURN]}
    r = s["r_minor_norm"]
    return {"R/R0": [1 + r * math.cos(t + series(t)) for t in HALF_TURN],
            "Z/R0": [s["elongation"] * r * math.sin(t) for t in HALF_TURN]}


def last(values):
    return [v[-1] if isinstance(v, list) else v for v in values]


def field(mode, name):
    """A field at the last time in any of the three encodings; nothing where it is not stored."""
    holder = {**mode, **(mode.get("fields") or {})}
    encoded = holder.get(f"{name}_perturbed_norm")
    if isinstance(encoded, dict):
        re, im = encoded["__ndarray_tolist_real__"], encoded["__ndarray_tolist_imag__"]
    else:
        re = holder.get(f"{name}_perturbed_norm_real")
        im = holder.get(f"{name}_perturbed_norm_imag") or holder.get(f"{name}_perturbed_norm_imaginary")
    return [complex(*z) for z in zip(last(re), last(im))] if re and im else None


def structure(g):
    """Fields over the largest |phi|, turned so that phi is real and positive there."""
    wavevectors = g.get("wavevector") or (g.get("linear") or {}).get("wavevector") or []
    for mode in (m for w in wavevectors for m in w["eigenmode"]):
        phi = field(mode, FIELDS[0])
        if phi is None or not any(phi):
            continue
        largest = max(phi, key=abs)
        angle = mode.get("angle_pol") or mode["poloidal_angle"]
        order = sorted(range(len(angle)), key=lambda k: angle[k])
        found = {"θ/π": [angle[k] / math.pi for k in order]}
        for name in FIELDS:
            values = field(mode, name)
            if values is not None:
                turned = [values[k] / largest for k in order]
                found |= {f"|{SYMBOLS[name]}|": [abs(z) for z in turned], f"Re {SYMBOLS[name]}": [z.real for z in turned],
                          f"Im {SYMBOLS[name]}": [z.imag for z in turned]}
        return found
    return None


def plots(d, row, files):
    g = d.get("gyrokineticsIMAS") or d["gyrokinetics"]
    old, who = "wavevector" in g, names(g["species"])
    found = nonlinear_plots(g.get("non_linear") or {}, who) if row["kind"] != "linear" else {"weights": weights(g, old)}
    found |= {"surface": surface(g, old), "mode-structure": structure(g)}
    key = next((k for k, v in d["Files"].items() if k.startswith("nrg") and v in files), None)
    found["nrg"] = nrg(files[d["Files"][key]].decode(), who) if key else None
    key = next((k for k, v in d["Files"].items() if k.startswith("omega") and v in files), None)
    major = parameters(g["code"]["parameters"]).get("major_r")
    found["omega"] = omega(files[d["Files"][key]].decode(), float(major), row) if key else None
    found |= diagnostics(d.get("Diagnostics") or {}, files)
    found["images"] = {name: base64.b64decode(data).hex() for name, data in (d.get("Plots") or {}).items()}
    return {name: plot for name, plot in found.items() if plot}


if __name__ == "__main__":
    folder = sys.argv[1]
    catalogue, files = rows(folder), stored_files(folder)
    all_documents = {d["_id"]: d for name in ("LinearRuns", "NonlinRuns") for d in documents(folder, name)}
    runs = {i: plots(d, catalogue[i], files) for i, d in all_documents.items()}
    json.dump({"rows": catalogue, "runs": runs, "families": families(all_documents, catalogue, runs)}, sys.stdout)
