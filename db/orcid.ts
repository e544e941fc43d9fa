/**
 * Whether a text is an ORCID iD: sixteen digits in fours, the last a check character.
 *
 * Source of the check: ISO/IEC 7064, MOD 11-2, as ORCID describes it.
 */
export function isOrcid(text: string): boolean {
  if (!/^(\d{4}-){3}\d{3}[\dX]$/.test(text)) return false;
  const digits = text.replaceAll("-", "");
  const sum = [...digits.slice(0, 15)].reduce(
    (total, digit) => (total + Number(digit)) * 2,
    0,
  );
  const check = (12 - (sum % 11)) % 11;
  return digits[15] === (check === 10 ? "X" : String(check));
}
