/**
 * The network of an address: the first 64 bits of IPv6, which one household or institute shares, and the first `v4` bits of IPv4.
 *
 * @returns null where the address is not known.
 */
export function network(
  ip: string | null,
  { v4 }: { v4: 24 | 32 },
): string | null {
  if (!ip) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  const address = mapped?.[1] ?? ip;
  if (address.includes(":")) return `${prefix(address)}::/64`;
  return v4 === 32
    ? address
    : `${address.split(".").slice(0, 3).join(".")}.0/24`;
}

/** The first four groups of an IPv6 address, written without leading zeros. */
function prefix(address: string): string {
  const [head = "", tail] = address.split("%")[0]!.split("::");
  const groups = head.split(":").filter(Boolean);
  const after = tail?.split(":").filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  return [...groups, ...Array(Math.max(zeros, 0)).fill("0"), ...after]
    .slice(0, 4).map((g) => parseInt(g, 16).toString(16)).join(":");
}
