import type { DevMail } from "../db/dev_mails.ts";
import { When } from "./values.tsx";

/** The mails of a site without an SMTP server, newest first, with links that work. */
export function DevMailPage({ mails }: { mails: DevMail[] }) {
  return (
    <section class="prose">
      <h1>Mail</h1>
      <p>
        There is no SMTP server, so mails are shown here instead of being sent.
      </p>
      {mails.length === 0 && <p class="empty">No mail yet.</p>}
      {mails.map((mail) => <Mail mail={mail} />)}
    </section>
  );
}

function Mail({ mail }: { mail: DevMail }) {
  return (
    <article id={`mail-${mail.id}`}>
      <h2>{mail.subject}</h2>
      <p class="muted">
        To {mail.recipient}, <When at={mail.at} />
      </p>
      <div class="mail-text">{mail.text.split("\n").map(line)}</div>
    </article>
  );
}

/** Only a line that is nothing but an address becomes a link: what strangers wrote never is one. */
function line(text: string) {
  const isLink = /^https?:\/\/\S+$/.test(text);
  return <div>{isLink ? <a href={text}>{text}</a> : text}</div>;
}
