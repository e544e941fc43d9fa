import { bibtexOf } from "./citation/bibtex.ts";
import type { Citation } from "./citation/citation.ts";

/** The forms in which a citation can be had, by the ending of its address. */
const FORMATS = {
  bib: "BibTeX",
  ris: "RIS",
  "datacite.json": "DataCite JSON",
} as const;

/** How to name a run or scan in a paper; `address` is its page. */
export function CiteSection(
  { citation, address, search = "" }: {
    citation: Citation;
    address: string;
    /** Query string of the page with its question mark. */
    search?: string;
  },
) {
  return (
    <section id="cite">
      <h2>Cite it</h2>
      <p class="hint">
        The address keeps its number when the run is uploaded again; the MongoDB
        id names this very document.
      </p>
      <div class="code">
        <pre id="bibtex" tabindex={0}><code>{bibtexOf(citation)}</code></pre>
        <button type="button" class="secondary" data-copy="#bibtex" hidden>
          Copy
        </button>
      </div>
      <p class="actions">
        {Object.entries(FORMATS).map(([ending, name]) => (
          <a href={`${address}.${ending}${search}`} download>{name}</a>
        ))}
      </p>
    </section>
  );
}
