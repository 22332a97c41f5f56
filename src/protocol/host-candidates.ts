/**
 * Returns the texts that a client may have signed as its host: what it sent, without the port (the official Node
 * SDK), without a scheme (tccli sends and signs one), each also in lower case.
 */
export function hostCandidates(sentHost: string): string[] {
  const bare = sentHost.replace(/^https?:\/\//i, "");
  const spellings = [sentHost, withoutPort(sentHost), bare, withoutPort(bare)];
  return [...new Set(spellings.flatMap((host) => [host.toLowerCase(), host]))];
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}
