import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Rect } from "../../src/imaging/picture.ts";

/** A rectangle as the pairs' file writes it. */
interface WireRect {
  readonly X: number;
  readonly Y: number;
  readonly Width: number;
  readonly Height: number;
}

/** One user photo that goes to one face of the template; files are relative to the data folder. */
export interface PairMerge {
  readonly user: string;
  readonly user_rect: WireRect | null;
  readonly template_rect: WireRect | null;
}

/** One fusion of the scoreboard. */
export interface Pair {
  readonly id: string;
  readonly purpose: string;
  readonly template: string;
  readonly merges: readonly PairMerge[];
  readonly note: string;
  /** True for a pair of the list of skin tones that is joined to the folder's own list. */
  readonly isTonePair: boolean;
}

/** What is known of a photo, as far as the bench needs it; boxes are x y width height. */
export interface ManifestPhoto {
  readonly file: string;
  readonly faces: readonly {
    readonly identity: string | null;
    readonly bbox: readonly [number, number, number, number];
    readonly yaw: string;
  }[];
  readonly tags: readonly string[];
}

/** A folder with `pairs.json`, `manifest.json` and the photos. */
export interface PairSet {
  readonly folder: string;
  readonly pairs: readonly Pair[];
  readonly manifest: ReadonlyMap<string, ManifestPhoto>;
}

/** Pairs from dark to light skin and back, on photos of the same folder. */
const TONE_PAIRS = fileURLToPath(new URL("../tone-pairs.json", import.meta.url));

/**
 * Reads a set of pairs: the folder's own list with the tone pairs joined to it, or another list alone. Throws an Error
 * that says what is missing.
 */
export async function readPairs(folder: string, other?: string): Promise<PairSet> {
  const pairs = other
    ? await readList(other, false)
    : [
        ...(await readList(path.join(folder, "pairs.json"), false)),
        ...(await readList(TONE_PAIRS, true)),
      ];
  const photos: ManifestPhoto[] = JSON.parse(
    await readFile(path.join(folder, "manifest.json"), "utf8"),
  );
  return { folder, pairs, manifest: new Map(photos.map((photo) => [photo.file, photo])) };
}

async function readList(file: string, isTonePair: boolean): Promise<Pair[]> {
  if (!existsSync(file)) {
    throw new Error(`${file} does not exist: give the folder of the test photos with --data.`);
  }
  const list: Omit<Pair, "isTonePair">[] = JSON.parse(await readFile(file, "utf8"));
  return list.map((pair) => ({ ...pair, isTonePair }));
}

/** Converts a rectangle of the pairs' file; null becomes undefined. */
export function rectFrom(rect: WireRect | null): Rect | undefined {
  return rect ? { x: rect.X, y: rect.Y, width: rect.Width, height: rect.Height } : undefined;
}

/** A face of a photo, named by what the pairs say of it. */
export function faceKey(file: string, rect: Rect | undefined): string {
  return rect ? `${file}#${rect.x},${rect.y},${rect.width},${rect.height}` : file;
}

/** Who a face is: the manifest's name where it has one (photos of one person share it), else the face itself. */
export function identityOf(set: PairSet, file: string, rect: Rect | undefined): string {
  const faces = set.manifest.get(file)?.faces ?? [];
  const face = rect
    ? faces.toSorted((a, b) => overlap(b.bbox, rect) - overlap(a.bbox, rect))[0]
    : faces.toSorted((a, b) => b.bbox[2] * b.bbox[3] - a.bbox[2] * a.bbox[3])[0];
  return face?.identity ?? faceKey(file, rect);
}

function overlap(bbox: readonly [number, number, number, number], rect: Rect): number {
  const width = Math.min(bbox[0] + bbox[2], rect.x + rect.width) - Math.max(bbox[0], rect.x);
  const height = Math.min(bbox[1] + bbox[3], rect.y + rect.height) - Math.max(bbox[1], rect.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** True where the pair's note tells of a face that a documented face error may answer. */
export function mayRefuse(pair: Pair): boolean {
  return /full profile/i.test(pair.note);
}
