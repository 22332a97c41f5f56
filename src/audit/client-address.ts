import { isIPv4, isIPv6 } from "node:net";
import { ipv6Groups } from "../base/ipv6-groups.ts";
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
  return isIPv6(plain) ? `${ipv6Groups(plain, 3).join(":")}::/48` : undefined;
}
