import ipaddr from "ipaddr.js";
import { AppError } from "../base/app-error.ts";

/** What the rules say of one resolved address: `excepted` ones were allowed by the operator. */
export type AddressVerdict = "public" | "excepted" | "refused";

/** Judges addresses, never names: ask it about what a name resolved to and about what was connected to. */
export interface AddressRules {
  /** True when the operator configured at least one exception. */
  readonly hasExceptions: boolean;
  /** Judges one address literal in the form that DNS and sockets report; anything unreadable is refused. */
  judge(address: string): AddressVerdict;
}

interface Range {
  readonly cidr: string;
  readonly source: string;
}

/** IPv4 is allowed where it is global unicast: everything but these ranges (IANA special-purpose registry, RFC 6890). */
export const REFUSED_IPV4: readonly Range[] = [
  { cidr: "0.0.0.0/8", source: "RFC 1122, this network; Linux routes 0.0.0.0 to itself" },
  { cidr: "10.0.0.0/8", source: "RFC 1918, private" },
  { cidr: "100.64.0.0/10", source: "RFC 6598, shared by carriers; cloud metadata 100.100.100.200" },
  { cidr: "127.0.0.0/8", source: "RFC 1122, loopback" },
  { cidr: "168.63.129.16/32", source: "the host agent of Azure machines, a public number" },
  { cidr: "169.254.0.0/16", source: "RFC 3927, link local; cloud metadata" },
  { cidr: "172.16.0.0/12", source: "RFC 1918, private" },
  { cidr: "192.0.0.0/24", source: "RFC 6890, protocol assignments; cloud metadata 192.0.0.192" },
  { cidr: "192.0.2.0/24", source: "RFC 5737, documentation" },
  { cidr: "192.31.196.0/24", source: "RFC 7535, AS112" },
  { cidr: "192.52.193.0/24", source: "RFC 7450, multicast tunnels" },
  { cidr: "192.88.99.0/24", source: "RFC 7526, 6to4 relays" },
  { cidr: "192.168.0.0/16", source: "RFC 1918, private" },
  { cidr: "192.175.48.0/24", source: "RFC 7534, AS112" },
  { cidr: "198.18.0.0/15", source: "RFC 2544, benchmarks" },
  { cidr: "198.51.100.0/24", source: "RFC 5737, documentation" },
  { cidr: "203.0.113.0/24", source: "RFC 5737, documentation" },
  { cidr: "224.0.0.0/4", source: "RFC 1112, multicast" },
  { cidr: "240.0.0.0/4", source: "RFC 1112, reserved, and the limited broadcast" },
];

/**
 * IPv6 is allowed only inside this block (RFC 4291, global unicast). It leaves out loopback and unspecified
 * (::/128, ::1/128), IPv4-compatible (::/96), IPv4-mapped (::ffff:0:0/96), IPv4-translated (::ffff:0:0:0/96),
 * NAT64 (RFC 6052, RFC 8215), discard (RFC 6666), unique local (RFC 4193), link and site local, SRv6 (RFC 9602)
 * and multicast.
 */
const GLOBAL_IPV6 = "2000::/3";

/** Parts of {@link GLOBAL_IPV6} that are not hosts on the internet, or that carry an IPv4 address. */
export const REFUSED_IPV6: readonly Range[] = [
  { cidr: "2001::/23", source: "RFC 2928, protocol assignments; Teredo 2001::/32 (RFC 4380)" },
  { cidr: "2001:db8::/32", source: "RFC 3849, documentation" },
  { cidr: "2002::/16", source: "RFC 3056, 6to4 carries an IPv4 address" },
  { cidr: "2620:4f:8000::/48", source: "RFC 7534, AS112" },
  { cidr: "3fff::/20", source: "RFC 9637, documentation" },
];

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = readonly [Address, number];

/**
 * Makes the rules. `exceptions` are CIDRs such as `127.0.0.1/32` that are allowed although they are not public;
 * `ownAddresses` are those of this machine, refused although they may be public.
 * Throws `configuration-invalid` when an exception is not a CIDR or has bits set behind its prefix.
 */
export function createAddressRules(
  exceptions: readonly string[],
  ownAddresses: () => readonly string[] = () => [],
): AddressRules {
  const excepted = exceptions.map(parseException);
  const refusedIpv4 = REFUSED_IPV4.map(({ cidr }) => ipaddr.parseCIDR(cidr));
  const globalIpv6 = ipaddr.parseCIDR(GLOBAL_IPV6);
  const refusedIpv6 = REFUSED_IPV6.map(({ cidr }) => ipaddr.parseCIDR(cidr));

  function isPublic(address: Address): boolean {
    if (address.kind() === "ipv4") return !isInAny(address, refusedIpv4);
    const ipv6 = address as ipaddr.IPv6;
    return isIn(ipv6, globalIpv6) && !isInAny(ipv6, refusedIpv6) && !isIsatap(ipv6);
  }

  function isOwn(address: Address): boolean {
    const text = address.toNormalizedString();
    return ownAddresses().some((own) => parseAddress(own)?.toNormalizedString() === text);
  }

  return {
    hasExceptions: excepted.length > 0,
    judge(text) {
      const address = parseAddress(text);
      if (address === undefined) return "refused";
      if (isInAny(address, excepted)) return "excepted";
      return isPublic(address) && !isOwn(address) ? "public" : "refused";
    },
  };
}

function parseAddress(text: string): Address | undefined {
  // Only the dotted form with four parts: shorter and octal forms mean different hosts to different parsers.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  // A zone ("fe80::1%eth0") names an interface of this machine; no public address needs one.
  return !text.includes("%") && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}

function parseException(text: string): Cidr {
  const [address, prefix] = ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : [];
  const isExact = address !== undefined && prefix !== undefined && hasNoHostBits(address, prefix);
  if (!isExact) {
    throw new AppError(
      "configuration-invalid",
      `An allowed download range must be an exact CIDR such as 127.0.0.1/32; found "${text}".`,
    );
  }
  return [address, prefix];
}

function hasNoHostBits(address: Address, prefix: number): boolean {
  const bits = address
    .toByteArray()
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  return !bits.slice(prefix).includes("1");
}

function isInAny(address: Address, ranges: readonly Cidr[]): boolean {
  return ranges.some((range) => isIn(address, range));
}

function isIn(address: Address, [network, prefix]: Cidr): boolean {
  // The library throws when the two families differ.
  return address.kind() === network.kind() && address.match(network, prefix);
}

/** ISATAP (RFC 5214) hides an IPv4 address behind the interface identifier 0000:5efe or 0200:5efe in any prefix. */
function isIsatap(address: ipaddr.IPv6): boolean {
  const [marker, magic] = address.parts.slice(4, 6);
  return (marker === 0x0000 || marker === 0x0200) && magic === 0x5efe;
}
