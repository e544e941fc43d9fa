import { SMTPServer } from "smtp-server";
import { freePort } from "../db/embedded/ports.ts";
import { until } from "./until.ts";

const WAIT_MS = 20_000;

/** A mail as it arrived, its plain-text part decoded. */
export class ReceivedMail {
  constructor(
    readonly to: string[],
    readonly source: string,
    readonly text: string,
  ) {}

  /** The first link that contains `part`. */
  link(part: string): string {
    const found = this.text.match(/https?:\/\/\S+/g)?.find((link) =>
      link.includes(part)
    );
    if (!found) throw new Error(`No link with ${part} in: ${this.text}`);
    return found;
  }
}

/** A real SMTP server that keeps what it receives. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  /** Reply to the next mail; anything but 250 refuses it (RFC 5321). */
  reply: () => number = () => 250;
  readonly url: string;
  #server: SMTPServer;

  private constructor(port: number) {
    this.url = `smtp://127.0.0.1:${port}`;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: async (stream, session, done) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        const source = new TextDecoder().decode(
          await new Blob(chunks as BlobPart[]).arrayBuffer(),
        );
        const responseCode = this.reply();
        if (responseCode !== 250) {
          return done(Object.assign(new Error("Refused"), { responseCode }));
        }
        this.mails.push(
          new ReceivedMail(
            session.envelope.rcptTo.map((r) => r.address),
            source,
            plainText(source),
          ),
        );
        done();
      },
    });
    this.#server.listen(port, "127.0.0.1");
  }

  static async open(): Promise<Mailbox> {
    const box = new Mailbox(freePort());
    await new Promise((done) => box.#server.server.once("listening", done));
    return box;
  }

  /** The newest mail to an address whose text matches; waits for it. */
  async message(to: string, pattern: RegExp): Promise<ReceivedMail> {
    const found = await until(
      () =>
        this.mails.findLast((m) => m.to.includes(to) && pattern.test(m.text)),
      { what: `a mail to ${to} with ${pattern}`, ms: WAIT_MS },
    );
    return found!;
  }

  close(): Promise<void> {
    return new Promise((done) => this.#server.close(() => done()));
  }
}

/** The text/plain part of a multipart mail, quoted-printable undone. */
function plainText(source: string): string {
  const part =
    source.split(/^--.*\r?$/m).find((p) =>
      /content-type: text\/plain/i.test(p)
    ) ?? source;
  const body = part.slice(part.search(/\r?\n\r?\n/)).trim();
  const bytes = body.replace(/=\r?\n/g, "").replace(
    /=([0-9A-F]{2})/g,
    (_, hex) => String.fromCharCode(parseInt(hex, 16)),
  );
  return new TextDecoder().decode(
    Uint8Array.from(bytes, (c) => c.charCodeAt(0)),
  );
}
