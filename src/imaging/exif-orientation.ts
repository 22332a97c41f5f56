/** EXIF's eight ways to store a picture; 1 is upright, 5 to 8 have the sides exchanged. */
export type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Tag 0x0112 of the first directory, of type SHORT (TIFF 6.0 section 2, EXIF 2.3 section 4.6.4). */
const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;

/** Reads the orientation from a TIFF block as EXIF carries it; anything missing or broken counts as upright. */
export function readExifOrientation(tiff: Uint8Array): ExifOrientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const order = view.getUint16(0);
  const isLittleEndian = order === 0x4949;
  if (!isLittleEndian && order !== 0x4d4d) return 1;
  const directory = view.getUint32(4, isLittleEndian);
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, isLittleEndian);
  const first = directory + 2;
  const end = Math.min(first + count * ENTRY_BYTES, view.byteLength - ENTRY_BYTES + 1);
  for (let at = first; at < end; at += ENTRY_BYTES) {
    if (view.getUint16(at, isLittleEndian) !== ORIENTATION_TAG) continue;
    if (view.getUint16(at + 2, isLittleEndian) !== SHORT) return 1;
    return asOrientation(view.getUint16(at + 8, isLittleEndian));
  }
  return 1;
}

function asOrientation(value: number): ExifOrientation {
  return value >= 1 && value <= 8 ? (value as ExifOrientation) : 1;
}
