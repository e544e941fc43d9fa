import { type Email, email } from "./email.tsx";

/** Asks the owner of an address to confirm it; `hours` is how long the link works. */
export function verificationEmail(
  { name, url, hours }: { name: string; url: string; hours: number },
): Email {
  return email("Confirm your e-mail address for MGKDB", [
    `Hello ${name},`,
    "somebody, hopefully you, asked for an MGKDB account with this address. Open the page below and press its button to confirm that the address is yours.",
    { label: "Confirm my address", url },
    `The link works once and for ${hours} hours. An administrator then looks at your request, and you will get a mail about it.`,
    "If it was not you, you need not do anything: without confirmation the request is deleted after 7 days.",
  ]);
}
