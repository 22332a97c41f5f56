import { BlockList, isIP } from "node:net";

const OWN = new BlockList();
OWN.addSubnet("127.0.0.0", 8, "ipv4");
OWN.addAddress("::1", "ipv6");

/** Tells whether an address is one of the own machine, `::ffff:127.0.0.1` included. */
export function isOwnMachine(address: string): boolean {
  return OWN.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
