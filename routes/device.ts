import type { Context } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import { config } from "../config.ts";
import { digest } from "./rate_limit.ts";

const COOKIE = config.HTTPS ? "__Host-device" : "device";
const DEVICE_DAYS = 180;

/**
 * Marks the browser as one that has logged in to this account before.
 *
 * It opens nothing: it only spares its owner the limit per account, which strangers can use up.
 * Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
 */
export async function rememberDevice(c: Context, email: string): Promise<void> {
  await setSignedCookie(c, COOKIE, digest(email), config.SECRET_KEY!, {
    path: "/",
    httpOnly: true,
    secure: config.HTTPS,
    sameSite: "Lax",
    maxAge: DEVICE_DAYS * 86_400,
  });
}

/** Whether this browser has logged in to this account before. */
export async function isKnownDevice(
  c: Context,
  email: string,
): Promise<boolean> {
  return await getSignedCookie(c, config.SECRET_KEY!, COOKIE) ===
    digest(email);
}
