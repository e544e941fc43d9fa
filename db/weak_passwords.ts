/**
 * Which passwords are too easy to guess.
 *
 * The minimum length already excludes nearly every entry of the published lists of leaked passwords; what people make of
 * 15 characters and more is a short common password repeated, padded with digits, or joined to their own name. So the
 * check removes such pieces and looks at what is left. The words are the ones that head every such list, written down
 * from general knowledge, and those of this project.
 */
const COMMON =
  `password passwort passwd contrasena motdepasse wachtwoord qwertyuiop qwertzuiop qwerty qwertz azerty asdfghjkl asdfgh asdf
  yxcvbnm zxcvbnm zxcvbn 1q2w3e4r5t 1q2w3e4r 1q2w3e 1qaz2wsx 3edc4rfv qazwsx qazwsxedc letmein welcome admin administrator
  root login access master secret changeme default guest test testing user iloveyou loveyou dragon monkey sunshine princess
  football baseball superman batman spiderman starwars trustno whatever shadow michael jordan hunter charlie jessica ashley
  daniel thomas andrew george matthew robert joshua freedom pokemon chocolate butterfly computer internet samsung google
  facebook liverpool arsenal chelsea barcelona flower summer winter spring autumn january february march april june july
  august september october november december monday tuesday wednesday thursday friday saturday sunday hello hallo killer
  pepper ginger cookie banana orange purple silver golden abcdefghijklmnopqrstuvwxyz abcdefgh abcdef abcd abc xyz lorem
  ipsum dolor amet mypassword newpassword temp temporary 1234567890 0123456789 9876543210 123456 12345 54321`
    .split(/\s+/);
const PROJECT =
  `mgkdb mgkdbweb gyrokinetic gyrokinetics gyrokineticist gyro gkdb imas gene cgyro tglf gx gs2 stella gkw tokamak stellarator
  plasma fusion turbulence nersc perlmutter simulation database mongodb postgres diiid jet iter nstx sparc`
    .split(/\s+/);

/** Digits and signs that stand for letters. */
const LOOKALIKES: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  "$": "s",
  "!": "i",
};
/** Letters that must be left when everything guessable is gone. */
const MIN_LEFT = 6;
/** People append a year or a row of signs; so many of them count as one letter. */
const SIGNS_PER_LETTER = 3;
/** Different characters a password must have. */
const MIN_DISTINCT = 5;
/** Shorter names would cut holes into honest words. */
const MIN_OWN_LENGTH = 3;

/** True when nearly all of a password consists of common passwords, words of this project, runs of digits and the user's `own` words. */
export function isGuessable(password: string, own: string[]): boolean {
  const plain = password.toLowerCase();
  if (new Set(plain).size < MIN_DISTINCT) return true;
  const words = [...COMMON, ...PROJECT, ...own.flatMap(wordsOf)].sort((a, b) =>
    b.length - a.length
  );
  return [plain, withLetters(plain)].some((text) =>
    lettersLeft(text, words) < MIN_LEFT
  );
}

function withLetters(text: string): string {
  return [...text].map((sign) => LOOKALIKES[sign] ?? sign).join("");
}

function lettersLeft(text: string, words: string[]): number {
  const left = words.reduce((rest, word) => rest.replaceAll(word, " "), text);
  const letters = left.match(/\p{L}/gu)?.length ?? 0;
  const signs = left.match(/[^\p{L}\s]/gu)?.length ?? 0;
  return letters + Math.floor(signs / SIGNS_PER_LETTER);
}

function wordsOf(own: string): string[] {
  return own.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) =>
    word.length >= MIN_OWN_LENGTH
  );
}
