import { type Email, email } from "./email.tsx";

/** Lets the owner of an account choose a new password; `hours` is how long the link works. */
export function resetEmail(
  { name, url, hours }: { name: string; url: string; hours: number },
): Email {
  return email("Choose a new password for MGKDB", [
    `Hello ${name},`,
    "somebody, hopefully you, asked to set a new password for your MGKDB account.",
    { label: "Choose a new password", url },
    `The link works once and for ${hours} hour${hours === 1 ? "" : "s"}.`,
    "If it was not you, you need not do anything; your password stays as it is.",
  ]);
}

/** Tells the owner of an account that its password was changed. */
export function passwordChangedEmail(
  { name, reset }: { name: string; reset: string },
): Email {
  return email("Your MGKDB password was changed", [
    `Hello ${name},`,
    "the password of your MGKDB account was changed, and all other sessions and all API tokens were ended.",
    "If it was not you, choose a new password now:",
    { label: "Choose a new password", url: reset },
  ]);
}
