import { Resolver } from "node:dns/promises";

/** An address of a host, as `net.connect` wants it. */
export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds every IPv4 and IPv6 address of a name. Rejects when there is none or the signal aborts. */
export type ResolveHost = (host: string, signal: AbortSignal) => Promise<readonly HostAddress[]>;

/**
 * Makes a resolver that asks DNS itself rather than `getaddrinfo`: a silent name server then holds no thread of
 * the pool, a query can be cancelled, and neither the hosts file nor search domains lead into a private network.
 * `servers` replace those of the machine when given.
 */
export function createHostResolver(servers: readonly string[], timeoutMs: number): ResolveHost {
  return async (host, signal) => {
    const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 2), tries: 2 });
    if (servers.length > 0) resolver.setServers([...servers]);
    const cancel = () => resolver.cancel();
    const timer = setTimeout(cancel, timeoutMs);
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const [ipv4, ipv6] = await Promise.allSettled([
        resolver.resolve4(host),
        resolver.resolve6(host),
      ]);
      const found = [...addressesOf(ipv4, 4), ...addressesOf(ipv6, 6)];
      // One family may be missing or broken; only without both is the name unusable.
      if (found.length > 0) return found;
      throw new Error("The name has no address.", { cause: [ipv4, ipv6] });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
    }
  };
}

function addressesOf(answer: PromiseSettledResult<string[]>, family: 4 | 6): HostAddress[] {
  return answer.status === "rejected" ? [] : answer.value.map((address) => ({ address, family }));
}
