/** Independent readers of zip files. */
import { z } from "zod";

const Listing = z.array(z.object({
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  mode: z.number(),
  date: z.array(z.number()),
  packed: z.number(),
}));

/** What Python's zipfile reads of an entry. */
export type ReadEntry = z.infer<typeof Listing>[number];

const LISTING = `
import hashlib, json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
def entry(i):
    h = hashlib.sha256()
    with z.open(i) as f:
        while b := f.read(1 << 20): h.update(b)
    return dict(name=i.filename, size=i.file_size, sha256=h.hexdigest(), mode=i.external_attr >> 16, date=i.date_time, packed=i.compress_size)
json.dump([entry(i) for i in z.infolist()], sys.stdout)
`;

/** All entries, every byte and CRC checked by Python. */
export async function readWithPython(path: string): Promise<ReadEntry[]> {
  const text = await output("python3", ["-c", LISTING, path]);
  return Listing.parse(JSON.parse(text));
}

/** Info-ZIP's whole test; throws what it prints when it is not content. */
export async function testWithUnzip(path: string): Promise<void> {
  const text = await output("unzip", ["-tqq", path]);
  if (text !== "") throw new Error(text);
}

/** Runs a program. -> what it printed, both streams; throws it when the program fails */
export async function output(
  program: string,
  args: string[],
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args })
    .output();
  const text = new TextDecoder().decode(stdout) +
    new TextDecoder().decode(stderr);
  if (!success) throw new Error(`${program}: ${text}`);
  return text;
}
