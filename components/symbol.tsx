import type { SymbolPart } from "../physics/symbol.ts";

/** A physical symbol: variables in italics, units and words upright, real sub- and superscripts. */
export function Sym({ parts }: { parts: SymbolPart[] }) {
  return <span class="sym">{parts.map((part) => <Part {...part} />)}</span>;
}

function Part({ text, style }: SymbolPart) {
  if (style === "italic") return <i>{text}</i>;
  if (style === "sub") return <sub>{text}</sub>;
  if (style === "sup") return <sup>{text}</sup>;
  return <>{text}</>;
}
