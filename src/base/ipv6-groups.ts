/** Returns the first `count` of an IPv6 address's eight groups, without leading zeros; the gap `::` stands for zeros. */
export function ipv6Groups(address: string, count: number): string[] {
  const [head = "", tail] = address.split("%", 1)[0]!.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const isWhole = tail === undefined;
  const missing = isWhole ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  return groups.slice(0, count).map((group) => Number.parseInt(group, 16).toString(16));
}
