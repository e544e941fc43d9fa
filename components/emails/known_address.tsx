import { type Email, email } from "./email.tsx";

/** Tells the owner of an account that somebody registered with its address. */
export function knownAddressEmail(
  { name, login, reset }: { name: string; login: string; reset: string },
): Email {
  return email("You already have an MGKDB account", [
    `Hello ${name},`,
    "somebody, hopefully you, tried to register with this address. You already have an account, and nothing about it was changed.",
    { label: "Log in", url: login },
    { label: "Choose a new password", url: reset },
    "If it was not you, you need not do anything.",
  ]);
}
