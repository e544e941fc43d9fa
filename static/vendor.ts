/**
 * `deno task vendor`: writes the third-party files of this folder anew from their npm packages.
 *
 * Run it after changing a version here. Each written file begins with its package, version and licence. Pico's `data:` images become
 * files, as `default-src 'self'` refuses them.
 */
const HTMX = "htmx.org@4.0.1";
const PICO = "@picocss/pico@2.1.1";
const UPLOT = "uplot@1.6.32";
const STATIC = new URL("./", import.meta.url);

/** Pico's custom property of an image -> our file; a second colour of the same icon gets a number. */
const ICON = /--pico-icon-([a-z]+):url\("data:image\/svg\+xml,([^"]*)"\)/g;

const packages = await install([HTMX, PICO, UPLOT]);
try {
  await vendorHtmx();
  await vendorPico();
  await vendorUplot();
  await write("licences.txt", await licences());
} finally {
  await Deno.remove(packages, { recursive: true });
}

/** Lets Deno fetch the packages, which checks their integrity, into a folder of their own. */
async function install(specifiers: string[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    '{ "nodeModulesDir": "auto" }',
  );
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["add", "--quiet", ...specifiers.map((s) => `npm:${s}`)],
    cwd: folder,
  }).output();
  if (!success) {
    throw new Error(
      `Packages not fetched: ${new TextDecoder().decode(stderr)}`,
    );
  }
  return folder;
}

/**
 * htmx and its extension in one file. As two deferred scripts the page would stand still whenever the second comes a moment later:
 * htmx goes over the page right after it has run, and asks no extension that registers afterwards.
 */
async function vendorHtmx(): Promise<void> {
  const { version } = locate(HTMX, "");
  const parts = await Promise.all(
    ["dist/htmx.min.js", "dist/ext/hx-sse.min.js"].map(scriptOfHtmx),
  );
  await write(
    `htmx-sse-${version}.min.js`,
    `/*! htmx and hx-sse, of ${HTMX}, licence 0BSD */\n${parts.join("")}`,
  );
}

/** The code without the address of its source map. */
async function scriptOfHtmx(path: string): Promise<string> {
  const code = await Deno.readTextFile(locate(HTMX, path).file);
  return code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

async function vendorPico(): Promise<void> {
  const { file, version } = locate(PICO, "css/pico.min.css");
  const css = (await Deno.readTextFile(file)).replace(/^\uFEFF/, "");
  await Deno.mkdir(new URL("icons", STATIC), { recursive: true });
  const icons = new Map<string, string>();
  const withFiles = css.replaceAll(ICON, (_, name: string, data: string) => {
    const svg = decodeURIComponent(data);
    if (!icons.has(svg)) icons.set(svg, freeName(name, [...icons.values()]));
    return `--pico-icon-${name}:url("icons/${icons.get(svg)}")`;
  });
  if (withFiles.includes("data:")) {
    throw new Error("Pico has a data: image that is not an icon property");
  }
  for (const [svg, name] of icons) await write(`icons/${name}`, `${svg}\n`);
  await write(`pico-${version}.min.css`, `${withFiles.trimEnd()}\n`);
}

/** uPlot as a module, so that zoom_view.js can import it when it is wanted, and its stylesheet. */
async function vendorUplot(): Promise<void> {
  const notice = `/*! uPlot, of ${UPLOT}, licence MIT */\n`;
  const { file, version } = locate(UPLOT, "dist/uPlot.iife.min.js");
  const code = (await Deno.readTextFile(file)).trimEnd();
  await write(
    `uplot-${version}.min.js`,
    `${notice}${code}\nexport default uPlot;\n`,
  );
  const css = await Deno.readTextFile(
    locate(UPLOT, "dist/uPlot.min.css").file,
  );
  await write(`uplot-${version}.min.css`, `${notice}${css.trimEnd()}\n`);
}

/** The whole text of each package's licence, which they ask to be kept with the copies. */
async function licences(): Promise<string> {
  const texts = [
    [HTMX, await Deno.readTextFile(locate(HTMX, "LICENSE").file)],
    [PICO, await Deno.readTextFile(locate(PICO, "LICENSE.md").file)],
    [UPLOT, await Deno.readTextFile(locate(UPLOT, "LICENSE").file)],
  ];
  return texts.map(([name, text]) => `${name}\n\n${text!.trim()}\n`).join(
    "\n----\n\n",
  );
}

function freeName(name: string, taken: string[]): string {
  for (let n = 1;; n++) {
    const candidate = n === 1 ? `${name}.svg` : `${name}-${n}.svg`;
    if (!taken.includes(candidate)) return candidate;
  }
}

function locate(
  specifier: string,
  path: string,
): { file: string; version: string } {
  const at = specifier.lastIndexOf("@");
  return {
    file: `${packages}/node_modules/${specifier.slice(0, at)}/${path}`,
    version: specifier.slice(at + 1),
  };
}

async function write(name: string, content: string): Promise<void> {
  await Deno.writeTextFile(new URL(name, STATIC), content);
  console.log(`static/${name}: ${new TextEncoder().encode(content).length} B`);
}
