import type { Child } from "hono/jsx";

/** Short lines need no encoding, so that the plain text can be read even where nothing decodes it. */
const LINE_LENGTH = 72;

/** A mail as it is sent: the same words twice. */
export interface Email {
  subject: string;
  text: string;
  html: string;
}

/** A link of a mail: a button in HTML, a label and the whole address on a line of its own in plain text. */
export interface EmailLink {
  label: string;
  url: string;
}

/** A paragraph, a link, or lines of names and values. */
export type EmailPart = string | EmailLink | [name: string, value: string][];

/** Writes both forms of a mail from one list of parts, so that they never differ. */
export function email(subject: string, parts: EmailPart[]): Email {
  const html = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body>
        {parts.map(asHtml)}
        <p>MGKDB Web</p>
      </body>
    </html>
  );
  const text = [...parts.map(asText), "MGKDB Web"].join("\n\n") + "\n";
  return { subject, text, html: `<!doctype html>${html}` };
}

function asText(part: EmailPart): string {
  if (typeof part === "string") return wrapped(part);
  if (Array.isArray(part)) {
    return part.map(([name, value]) => `${name}: ${indented(value)}`).join(
      "\n",
    );
  }
  return `${part.label}:\n${part.url}`;
}

/** Breaks lines between words; a word that is too long stays whole. */
function wrapped(text: string): string {
  const piece = new RegExp(`(.{1,${LINE_LENGTH}})(?:\\s+|$)`, "g");
  return text.split(/\r?\n/).map((line) =>
    line.replaceAll(piece, "$1\n").trimEnd()
  ).join("\n");
}

/** What a stranger wrote must not look like a line of ours. */
function indented(value: string): string {
  return value.replaceAll(/\r?\n|\r|\u2028|\u2029/g, "\n    ");
}

function asHtml(part: EmailPart): Child {
  if (typeof part === "string") return <p>{part}</p>;
  if (Array.isArray(part)) {
    return (
      <table>
        {part.map(([name, value]) => (
          <tr>
            <th align="left" valign="top">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </table>
    );
  }
  return (
    <p>
      <a href={part.url}>{part.label}</a>
    </p>
  );
}
