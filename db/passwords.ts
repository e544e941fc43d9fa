import { hash, verify } from "@node-rs/argon2";
import { isGuessable } from "./weak_passwords.ts";

/** Shortest password, in characters: NIST SP 800-63B-4 asks for 15 where it is the only factor. */
export const MIN_PASSWORD_LENGTH = 15;
/** Longest password, in characters; nothing is ever cut off. */
export const MAX_PASSWORD_LENGTH = 128;

/** argon2id is the library's default. Source of the numbers: OWASP Password Storage. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
const MAX_WAITING = 32;

/** Thrown when so many passwords wait to be hashed that another one would wait too long. */
export class TooBusy extends Error {
  override name = "TooBusy";
}

/**
 * What is wrong with a new password, as a sentence; null when it is good.
 *
 * `own` are words the password must not be built from: the user's name and address.
 */
export function passwordProblem(
  password: string,
  own: string[],
): string | null {
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH) {
    return `The password must have at least ${MIN_PASSWORD_LENGTH} characters`;
  }
  if (length > MAX_PASSWORD_LENGTH) {
    return `The password must have at most ${MAX_PASSWORD_LENGTH} characters`;
  }
  if (isGuessable(password, own)) {
    return "This password is easy to guess: use words that are not your name, your address or a common password";
  }
  return null;
}

/**
 * The password's argon2id hash with its parameters and salt (PHC string).
 *
 * @throws {TooBusy} when too many wait already.
 */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST));
}

/**
 * Whether a password is the one of a hash; null stands for an unknown account and takes as long to refuse.
 *
 * @throws {TooBusy} when too many wait already.
 */
export function verifyPassword(
  stored: string | null,
  password: string,
): Promise<boolean> {
  return inTurn(async () => {
    if ([...password].length > MAX_PASSWORD_LENGTH) return false;
    const usable = stored?.startsWith("$argon2id$") ? stored : null;
    const matches = await verify(usable ?? await dummy(), password);
    return usable !== null && matches;
  });
}

/** True when a hash was made with other parameters than new ones are. */
export function isOutdated(stored: string): boolean {
  const { memoryCost, timeCost, parallelism } = COST;
  return !stored.startsWith(
    `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`,
  );
}

let dummyHash: Promise<string> | null = null;

function dummy(): Promise<string> {
  return dummyHash ??= hash(crypto.randomUUID(), COST);
}

let running = 0;
const waiting: (() => void)[] = [];

/** Hashing is slow on purpose: only a few at once, or the pages of everybody else would wait. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw new TooBusy("Too many log-ins at once. Please try again");
    }
    await new Promise<void>((go) => waiting.push(go));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
