/** Draws SVG as PNG beside the server, whose requests would wait for it otherwise. */
import { initWasm, Resvg } from "@resvg/resvg-wasm";

/** What is asked for. */
export interface Order {
  id: number;
  svg: string;
}

/** What comes back. */
export type Picture =
  | { id: number; png: Uint8Array<ArrayBuffer> }
  | { id: number; fault: string };

/** Pixels per unit of the plot: sharp on paper. */
const SCALE = 2;
/** The system may have no font at all, so they come with the app. */
const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Oblique.ttf"];

const port = self as unknown as {
  onmessage: (event: MessageEvent<Order>) => void;
  postMessage(picture: Picture): void;
};
const started = start();

port.onmessage = async ({ data: { id, svg } }) => {
  try {
    port.postMessage({ id, png: drawn(svg, await started) });
  } catch (error) {
    port.postMessage({ id, fault: String(error) });
  }
};

function drawn(
  svg: string,
  fontBuffers: Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const resvg = new Resvg(svg, {
    fitTo: { mode: "zoom", value: SCALE },
    font: {
      fontBuffers,
      loadSystemFonts: false,
      defaultFontFamily: "DejaVu Sans",
    },
  });
  try {
    return new Uint8Array(resvg.render().asPng());
  } finally {
    resvg.free();
  }
}

/** Reads the renderer and the fonts, once. */
async function start(): Promise<Uint8Array[]> {
  const wasm = await read("@resvg/resvg-wasm/index_bg.wasm");
  await initWasm(await WebAssembly.compile(wasm));
  return await Promise.all(
    FONTS.map((name) => read(`dejavu-fonts-ttf/ttf/${name}`)),
  );
}

async function read(specifier: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(new URL(import.meta.resolve(specifier)));
}
