"""Compares a decoded diagnostic with its pickle, by Python's own unpickler limited to stand-ins for numpy's types.

read_back.py PICKLE JSON [NPZ]: prints how many arrays were compared; fails at the first difference.
"""
import ast, json, math, pickle, struct, sys, zipfile


class Dtype:
    def __init__(self, text, align=False, copy=True):
        self.text, self.order = text, "<"

    def __setstate__(self, state):
        self.order = state[1]


class Array:
    def __setstate__(self, state):
        _, self.shape, dtype, self.fortran, self.data = state
        self.type = dtype.order + dtype.text


def scalar(dtype, data):
    array = Array()
    array.__setstate__((1, (), dtype, False, data))
    return array


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) == ("_codecs", "encode"):
            return lambda text, encoding: text.encode(encoding)
        return {"_reconstruct": lambda *_: Array(), "scalar": scalar, "ndarray": Array, "dtype": Dtype}[name]


def npy(data):
    length = struct.unpack("<H", data[8:10])[0]
    assert data[:8] == b"\x93NUMPY\x01\x00" and (10 + length) % 64 == 0
    return ast.literal_eval(data[10:10 + length].decode()), data[10 + length:]


def stacked(value):
    """-> type, shape, whether Fortran's order, bytes"""
    if isinstance(value, Array):
        return value.type, value.shape, value.fortran, value.data
    if isinstance(value, float):
        return "<f8", (), False, struct.pack("<d", value)
    parts = [stacked(item) for item in value]
    assert len({part[:3] for part in parts}) == 1
    return parts[0][0], (len(parts), *parts[0][1]), False, b"".join(part[3] for part in parts)


def compare(value, found, arrays):
    if isinstance(found, dict) and not isinstance(value, dict):
        head, data = npy(arrays.read(found["array"] + ".npy"))
        type_, shape, fortran, wanted = stacked(value)
        assert (head["descr"], head["shape"], head["fortran_order"], data) == (type_, shape, fortran, wanted), found
        assert (found["dtype"], tuple(found["shape"])) == (type_, shape), found
        return 1
    if isinstance(value, dict):
        assert [str(key) for key in value] == list(found)
        return sum(compare(value[key], found[str(key)], arrays) for key in value)
    if isinstance(value, (list, tuple)):
        assert len(value) == len(found)
        return sum(compare(*pair, arrays) for pair in zip(value, found))
    if isinstance(value, Array):
        value = struct.unpack(value.type.replace("f8", "d"), value.data)[0]
    wanted = None if isinstance(value, float) and not math.isfinite(value) else value
    assert wanted == found, (value, found)
    return 0


with open(sys.argv[1], "rb") as file:
    value = Unpickler(file).load()
with open(sys.argv[2]) as file:
    found = json.load(file)
arrays = zipfile.ZipFile(sys.argv[3]) if len(sys.argv) > 3 else None
print(compare(value, found["content"], arrays))
