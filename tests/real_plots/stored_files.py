"""What the GridFS files of a folder of BSON dumps hold: GENE's nrg and omega files, and pickled diagnostics."""

import io
import math
import pickle
import struct

from dumps import documents

FORMATS = {"f8": "d", "f4": "f", "i8": "q", "i4": "i"}
GRIDS = {"kx": "kxgrid", "ky": "kygrid", "z": "zgrid", "z_ky0": "zgrid"}


def stored_files(folder):
    """Bytes of every file by its id."""
    chunks = {}
    for c in documents(folder, "fs.chunks"):
        chunks.setdefault(c["files_id"], {})[c["n"]] = c["data"]
    return {i: b"".join(parts[n] for n in sorted(parts)) for i, parts in chunks.items()}


def nrg(text, who):
    """A time alone on a line, then a line for each species: n^2 first, heat fluxes seventh and eighth."""
    time, blocks = [], []
    for words in (line.split() for line in text.splitlines() if line.strip()):
        if len(words) == 1:
            time.append(float(words[0]))
            blocks.append([])
        else:
            blocks[-1].append([float(w) for w in words])
    found = {"t": time}
    for k, name in enumerate(who):
        found[f"Q {name}"] = [b[k][6] + b[k][7] for b in blocks]
    for k, name in enumerate(who):
        found[f"<n²> {name}"] = [b[k][0] for b in blocks]
    return found


def omega(text, major, row):
    """The file in its own units and in those of the document, and the document: R0/L_ref/sqrt(2) lies between."""
    ky, gamma, freq = map(float, text.split())
    factor = major / math.sqrt(2)
    return {"from": ["file", "file", "document"], "ky ρ_GENE": [ky, None, None], "γ": [gamma, gamma * factor, row["gamma"]],
            "ω": [freq, freq * factor, row["omega"]], "unit": ["c_ref/L_ref", "v_ref/R_0", "v_ref/R_0"]}


class Array:
    """Numbers of a pickled numpy array, complex ones as such, the last index running fastest."""

    def __setstate__(self, state):
        _, self.shape, kind, fortran, data = state
        self.values = kind.read(data)
        if fortran:
            self.values = [self.values[k] for k in self.places()]

    def places(self):
        strides = [math.prod(self.shape[:d]) for d in range(len(self.shape))]

        def walk(d, at):
            if d == len(self.shape):
                yield at
            else:
                for k in range(self.shape[d]):
                    yield from walk(d + 1, at + k * strides[d])
        return walk(0, 0)

    def rms(self, axis):
        """Root mean square of the magnitude over the other indices."""
        after, n = math.prod(self.shape[axis + 1:]), self.shape[axis]
        return [math.sqrt(sum(abs(v)**2 for k, v in enumerate(self.values) if k // after % n == at) * n / len(self.values))
                for at in range(n)]


class Kind:
    def __init__(self, name, *_):
        self.name = name

    def __setstate__(self, state):
        self.order = ">" if state[1] == ">" else "<"

    def read(self, data):
        if self.name == "c16":
            flat = struct.unpack(f"{self.order}{len(data) // 8}d", data)
            return [complex(*z) for z in zip(flat[::2], flat[1::2])]
        code = FORMATS[self.name]
        return list(struct.unpack(f"{self.order}{len(data) // struct.calcsize(code)}{code}", data))


class Reader(pickle.Unpickler):
    """Builds nothing but the stand-ins above."""

    def find_class(self, module, name):
        return {"_reconstruct": lambda *_: Array(), "ndarray": Array, "dtype": Kind,
                "scalar": lambda kind, data: kind.read(data)[0], "encode": lambda text, coding: text.encode(coding)}[name]


def diagnostics(block, files):
    """Rows of quantity, coordinate, place and value: means over the last half of the time, rms of what has several indices, and
    sums of squares of snapshots; those of a map stand by kx, then by ky.

    One real snapshot holds NaN: no number, so no row.
    """
    found = {}
    for key, value in block.items():
        if key not in ("Flux Spectra", "Amplitude Spectra", "Field Mom Snapshots") or value not in files:
            continue
        tree = Reader(io.BytesIO(files[value])).load()
        if key == "Field Mom Snapshots":
            lines = [(name, "kx ky z".split()[d], array.rms(d)) for name, array in tree["field_mom_final"].items()
                     for d in range(3) if array.shape[d] > 1]
        else:
            lines = list(over_time(tree))
        found[f"diagnostic-{key.lower().replace(' ', '-')}"] = [
            [name, along, x, y] for name, along, values in lines for x, y in zip(tree[GRIDS[along]].values, values) if math.isfinite(y)]
        if key == "Field Mom Snapshots":
            found["diagnostic-field-mom-snapshots"] += squares(tree)
    return found


def squares(tree):
    """|f|^2 of [time][kx, ky, place of z]: means over late times and places, summed over kx, or over ky of both signs."""
    kx, ky = tree["kxgrid"].values, tree["kygrid"].values
    rows = []
    for name in tree["field_mom_names"]:
        if not isinstance(tree.get(name), list):
            continue
        late = [tree[name][k] for k in late_times(tree)]
        if any(not abs(part) <= 1e30 for f in late for v in f.values for part in (v.real, v.imag)):
            continue  # memory that was never written
        places = late[0].shape[2]
        cell = {(i, j): sum(abs(f.values[(i * len(ky) + j) * places + z])**2 for f in late for z in range(places)) / places / len(late)
                for i in range(len(kx)) for j in range(len(ky))}
        symbol = f"|{name}|²"
        rows += [[symbol, "ky", ky[j], sum(cell[i, j] for i in range(len(kx)))] for j in range(len(ky))]
        rows += [[symbol, "kx", kx[i], cell[i, 0] + 2 * sum(cell[i, j] for j in range(1, len(ky)))] for i in range(len(kx))]
        rows += [[symbol, "kx and ky", kx[i], cell[i, j]] for i in sorted(range(len(kx)), key=lambda i: kx[i]) for j in range(len(ky))]
    return rows


def late_times(tree):
    time = tree["time"]
    return [k for k, t in enumerate(time) if t >= (time[0] + time[-1]) / 2]


def over_time(tree):
    late = late_times(tree)

    def walk(node, path):
        for name, value in node.items():
            if isinstance(value, dict):
                yield from walk(value, path + [name])
            elif path and name in GRIDS:
                records = [value[k].values for k in late]
                mean = [sum(column) / len(late) for column in zip(*records)]
                yield (" ".join(path + [name] if name == "z_ky0" else path), "z" if name == "z_ky0" else name, mean)
    return walk(tree, [])
