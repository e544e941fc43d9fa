"""A contender of the bench in Python, as a process of its own.

contender.py WAY MONGO_URL DATABASE SET.json ARCHIVE

WAY: one_step (pymongo streamed into zipfile), one_step_sha (with SHA-256 of every file), two_steps (as the portal that came before did,
https://github.com/Salazar-99/MGKDB-Web at 3601e95, App/app/tasks.py: it looked up each file's name, streamed the content into a file, then
zipped the files; it zipped each run and then all those zips, here there is one zip). Prints a line of JSON as contender.ts does.
"""
import hashlib, json, os, pathlib, resource, shutil, sys, time, zipfile

import bson, gridfs, pymongo

way, url, database, set_path, archive = sys.argv[1:]
runs = json.load(open(set_path))["runs"]
db = pymongo.MongoClient(url)[database]
db.command("ping")
fs = gridfs.GridFS(db)


def one_step(hashed):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as z:
        for run in runs:
            for file in run["files"]:
                out = fs.get(bson.ObjectId(file["id"]))
                info = zipfile.ZipInfo(f"{run['folder']}/{out.filename}")
                sha = hashlib.sha256()
                with z.open(info, "w", force_zip64=out.length > 2**31) as entry:
                    while piece := out.readchunk():
                        entry.write(piece)
                        if hashed:
                            sha.update(piece)
                if hashed and sha.hexdigest() != file["sha256"]:
                    sys.exit(f"hash of {file['id']} differs")


def two_steps():
    folder = pathlib.Path(archive + ".files")
    bucket = gridfs.GridFSBucket(db)
    for run in runs:
        (folder / run["folder"]).mkdir(parents=True)
        for file in run["files"]:
            file_id = bson.ObjectId(file["id"])
            name = db.fs.files.find_one(file_id)["filename"]
            with open(folder / run["folder"] / name, "wb") as f:
                bucket.download_to_stream(file_id, f)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as z:
        for path in folder.rglob("*"):
            z.write(path, path.relative_to(folder))
    shutil.rmtree(folder)


begin = time.perf_counter()
if way == "two_steps":
    two_steps()
else:
    one_step(way == "one_step_sha")
seconds = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_SELF)
# ru_maxrss would count what the parent had before it became this program.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps(dict(seconds=seconds, cpu_s=used.ru_utime + used.ru_stime, rss_mb=round(peak * 1024 / 1e6), missing=0)))
