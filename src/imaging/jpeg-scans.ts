/** Most scans of a JPEG; encoders write about ten into a progressive one, and a file may hold further pictures. */
const MAX_SCANS = 100;
/** Each scan goes over all pixels: a hundred at 16 megapixels are about a second of one core. */
const MAX_SCANNED_PIXELS = 1_600_000_000;
const SCAN_MARKER = Buffer.from([0xff, 0xda]);

/**
 * Tells whether a JPEG has more scans than any encoder writes: a small file can make a decoder go over the same pixels
 * thousands of times. The marker is counted wherever it stands, since image data never holds it (ITU-T T.81, B.1.1.5).
 */
export function hasTooManyScans(jpeg: Uint8Array, pixels: number): boolean {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const limit = Math.min(MAX_SCANS, MAX_SCANNED_PIXELS / Math.max(1, pixels));
  let scans = 0;
  for (let at = bytes.indexOf(SCAN_MARKER); at >= 0; at = bytes.indexOf(SCAN_MARKER, at + 2)) {
    scans += 1;
    if (scans > limit) return true;
  }
  return false;
}
