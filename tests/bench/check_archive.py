"""Compares every byte of an archive with what was stored: check_archive.py ARCHIVE SET.json

Every entry's SHA-256 must be that of the file as it was stored, and that of the archive's own MANIFEST.tsv where it has one.
"""
import hashlib, json, sys, zipfile

archive, set_path = sys.argv[1:]
wanted = {f"{run['folder']}/{file['name']}": file["sha256"] for run in json.load(open(set_path))["runs"] for file in run["files"]}
z = zipfile.ZipFile(archive)
found = {}
for info in z.infolist():
    if info.is_dir():
        continue
    sha = hashlib.sha256()
    with z.open(info) as entry:
        while piece := entry.read(1 << 20):
            sha.update(piece)
    found[info.filename] = sha.hexdigest()
if "MANIFEST.tsv" in found:
    del found["MANIFEST.tsv"]
    lines = [line.split("\t") for line in z.read("MANIFEST.tsv").decode().splitlines()[1:]]
    assert {path: sha for path, _, sha, _, status in lines if status == "ok"} == found, "MANIFEST.tsv differs"
assert found == wanted, f"{len(found)} entries, {len(wanted)} files, some differ"
print(len(found))
