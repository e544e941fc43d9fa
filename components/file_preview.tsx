import { bytes } from "./format.ts";

/** The beginning of a file of a run, when it is text. */
export function FilePreviewPage(
  { run, href, name, length, text }: {
    run: number;
    /** Address of the file itself. */
    href: string;
    name: string;
    /** Of the whole file, in bytes. */
    length: number;
    /** Null: it is no text. */
    text: string | null;
  },
) {
  const shown = text === null ? 0 : new TextEncoder().encode(text).length;
  return (
    <>
      <h1>{name}</h1>
      <p>
        A file of <a href={`/runs/${run}#files`}>run {run}</a>, {bytes(length)}
        {text !== null && shown < length &&
          `; the first ${bytes(shown)} are shown`}.
      </p>
      <div class="actions">
        <a class="button" href={href} download>Download</a>
      </div>
      {text === null
        ? <p class="empty">It is no text, so there is no preview of it.</p>
        : (
          <pre
            tabindex={0}
            role="region"
            aria-label={`Text of ${name}`}
          >{text}</pre>
        )}
    </>
  );
}
