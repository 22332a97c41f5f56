import type { IncomingHttpHeaders } from "node:http";

/**
 * Tells a person who opens the server's address in a browser from a client that calls the API: the browser asks for
 * HTML, without a query and without a signature.
 */
export function isBrowserVisit(target: string, headers: IncomingHttpHeaders): boolean {
  const asksForHtml = /\btext\/html\b/.test(headers.accept ?? "");
  const isSigned = headers.authorization !== undefined || headers["x-tc-action"] !== undefined;
  return target === "/" && asksForHtml && !isSigned;
}
