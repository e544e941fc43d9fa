"""What is drawn of several runs: spectra, scans, and fluxes beside linear runs of the same physics."""

TWINS = 2e-3
NUMBERS = ["q", "s_hat", "r_over_R", "kappa", "delta", "zeta", "beta_e", "p_prime", "gamma_E", "rotation", "nu_ee"]
SPECIES = ["charge_norm", "mass_norm", "density_norm", "temperature_norm", "density_log_gradient_norm", "temperature_log_gradient_norm"]
WORDS = ["adiabatic", "fields"]
RATES = ["growth_rate_norm", "frequency_norm"]


def content(d):
    return d.get("gyrokineticsIMAS") or d["gyrokinetics"]


def physics(d, row, leave=()):
    """Numbers and words that two runs share when their physics is the same, wavenumbers aside."""
    species = sorted(([x[k] for k in SPECIES] for x in content(d)["species"]), key=lambda x: (x[0], x[1]))
    return [0.0 if row[k] is None else row[k] for k in NUMBERS if k not in leave] + sum(species, []), [row[k] for k in WORDS]


def same(a, b, tolerance):
    (m, v), (n, w) = a, b
    return v == w and len(m) == len(n) and all(abs(x - y) <= tolerance * max(abs(x), abs(y)) + 1e-9 for x, y in zip(m, n))


def state(row):
    if row["implausible"]:
        return "implausible"
    if row["stability"] == "stable":
        return "stable"
    return "unconverged" if row["convergence"] == "no" else "unstable" if row["gamma"] > 0 else "stable"


def slower(d, identity):
    """The modes of each wavevector but the fastest."""
    g = content(d)
    for w in [] if "wavevector" in g else g["linear"]["wavevector"]:
        modes = sorted(w["eigenmode"], key=lambda m: -m["growth_rate_norm"])
        for k, m in enumerate(modes[1:]):
            yield [identity, k + 2, abs(w["binormal_wavevector_norm"]), *(m[r] for r in RATES), "slower mode"]


def spectra(docs, rows):
    """By linear run: the runs of its code and physics, and its own slower modes."""
    linear = [i for i, r in rows.items() if r["kind"] == "linear"]
    found = {}
    for i in linear:
        members = [j for j in linear if rows[j]["code"] == rows[i]["code"]
                   and same(physics(docs[i], rows[i]), physics(docs[j], rows[j]), 5e-5)]
        points = [[j, 1, rows[j]["ky"], rows[j]["gamma"], rows[j]["omega"], state(rows[j])] for j in members]
        found[i] = sorted(points, key=lambda p: p[2]) + list(slower(docs[i], i))
    return found


def scans(docs, rows):
    """By varied column: runs of one folder that differ in nothing else."""
    found = {}
    for varied, follow in (("beta_e", "p_prime"), ("gamma_E", "gamma_E")):
        def of(i):
            return physics(docs[i], rows[i], leave=(varied, follow))
        for i, r in rows.items():
            members = [j for j, x in rows.items() if x["kind"] == r["kind"] and x["code"] == r["code"] and x["ky"] == r["ky"]
                       and same(of(i), of(j), 5e-5)]
            if len({rows[j][varied] for j in members}) > 2:
                found[varied] = sorted(members, key=lambda j: rows[j][varied])
    return {varied: [{"run": j, "value": rows[j][varied], "state": state(rows[j]) if rows[j]["kind"] == "linear" else None,
                      **{k: rows[j][k] for k in ("ky", "ky_input", "gamma", "omega", "Q_i", "Q_e")}} for j in members]
            for varied, members in found.items()}


def mixing_length(docs, rows, runs):
    """By run with a flux spectrum: its own heat flux and gamma/k_y^2 of linear runs of the same physics, by code, each point once."""
    found = {}
    for i, r in rows.items():
        spectrum = runs[i].get("flux-spectrum")
        if not spectrum:
            continue
        mine = physics(docs[i], r)
        linear = {}
        for j, x in rows.items():
            if x["kind"] == "linear" and same(mine, physics(docs[j], x), TWINS) and state(x) == "unstable":
                linear.setdefault(x["code"], {})[round(x["ky"], 4)] = (x["ky"], x["gamma"] / x["ky"]**2)
        linear = {code: sorted(points.values()) for code, points in linear.items() if len(points) > 1}
        if linear:
            ky = spectrum["|ky| ρref"]
            total = [sum(v) for v in zip(*(spectrum[k] for k in spectrum if k.startswith("Q")))]
            found[i] = {"flux": list(zip(ky, total)), "linear": linear}
    return found


def families(docs, rows, runs):
    return {"spectra": spectra(docs, rows), "scans": scans(docs, rows), "mixing_length": mixing_length(docs, rows, runs)}
