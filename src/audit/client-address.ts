import { isIPv4, isIPv6 } from "node:net";
import type { AuditConfig } from "./config.ts";

/**
 * Shortens an address to what the operator lets be kept: nothing, its network (the first 24 bits of IPv4, the first 48
 * of IPv6), or all of it. IPv4 within IPv6 counts as IPv4.
 */
export function keptAddress(
  address: string,
  keep: AuditConfig["clientAddress"],
): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (keep === "none" || address === "") return undefined;
  if (keep === "full") return plain;
  if (isIPv4(plain)) return `${plain.split(".").slice(0, 3).join(".")}.0/24`;
  return isIPv6(plain) ? `${firstGroups(plain).join(":")}::/48` : undefined;
}

/** Returns the first three groups; the gap `::` stands for as many zeros as are missing. */
function firstGroups(address: string): string[] {
  const [head = "", tail] = address.split("%", 1)[0]!.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const isWhole = tail === undefined;
  const missing = isWhole ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  return groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
}
