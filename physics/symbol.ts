/** One run of characters of a symbol, to be drawn in one style. */
export interface SymbolPart {
  text: string;
  style: "italic" | "plain" | "sub" | "sup";
}

/**
 * A symbol written as `R/L_{Te}` or `n_e v_ref ρ*^2`, as parts that a page can draw without raw html.
 *
 * Single letters are variables and become italic; `_x`, `_{xy}` are subscripts, `^x`, `^{xy}` superscripts, `"…"` is upright text.
 */
export function symbol(notation: string): SymbolPart[] {
  const parts: SymbolPart[] = [];
  for (
    const [match, index, text, braced] of notation.matchAll(
      /([_^])(?:\{([^}]*)\}|(.))|"([^"]*)"|[\p{L}]|[^\p{L}_^"]+/gu,
    ).map(pieces)
  ) {
    if (index) {
      parts.push({ text: text!, style: index === "_" ? "sub" : "sup" });
    } else if (braced !== undefined) {
      parts.push({ text: braced, style: "plain" });
    } else {parts.push({
        text: match,
        style: /^\p{L}$/u.test(match) ? "italic" : "plain",
      });}
  }
  return parts;
}

function pieces(
  m: RegExpExecArray,
): [string, string | undefined, string | undefined, string | undefined] {
  return [m[0], m[1], m[2] ?? m[3], m[4]];
}

/** The symbol in plain characters, for titles and labels: `R/LTe`. */
export function plainSymbol(parts: SymbolPart[]): string {
  return parts.map((p) =>
    p.style === "sub" && p.text.length > 2
      ? `_${p.text}`
      : p.style === "sup"
      ? `^${p.text}`
      : p.text
  ).join("");
}
