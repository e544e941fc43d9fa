import { type Email, email } from "./email.tsx";

/** Tells an applicant that the account is open. */
export function approvedEmail(
  { name, login }: { name: string; login: string },
): Email {
  return email("Your MGKDB account is approved", [
    `Hello ${name},`,
    "your account is approved. You can now search the simulations and download them.",
    { label: "Log in", url: login },
  ]);
}

/** Tells an applicant that the account was denied, and why. */
export function rejectedEmail(
  { name, reason }: { name: string; reason: string },
): Email {
  return email("Your request for an MGKDB account", [
    `Hello ${name},`,
    "your request for an account was not approved. The administrator gave this reason:",
    reason,
    "If you think this is a mistake, please answer this mail.",
  ]);
}
