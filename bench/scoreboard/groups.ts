/** What tells which groups a face belongs to; a refused pair's faces have no size. */
export interface Member {
  readonly purpose: string;
  readonly isTonePair: boolean;
  readonly facePx?: number;
}

/** Faces whose means stand in one line of a table. */
export interface Group {
  /** What the group is told apart by; `all` are the faces of the main list, without the tone pairs. */
  readonly kind: "all" | "purpose" | "size" | "tone";
  readonly name: string;
  has(face: Member): boolean;
}

/** Lower ends of the classes of face size, length from forehead to chin in px. */
const SIZES = [0, 60, 120, 250] as const;

/** The class of a template face's size: `<60 px`, `60-120 px`, `120-250 px` or `>250 px`. */
export function sizeClass(facePx: number): string {
  const at = SIZES.findLastIndex((from) => facePx >= from);
  if (at === 0) return `<${SIZES[1]} px`;
  return at === SIZES.length - 1 ? `>${SIZES[at]} px` : `${SIZES[at]}-${SIZES[at + 1]} px`;
}

/** The name of the group of all faces. */
export const ALL = "all";

/**
 * The groups of some faces: the purposes of the main list and all of it, the sizes of its faces, and the purposes of the
 * tone pairs; each in the order of the lists, sizes from small to large.
 */
export function groupsOf(faces: readonly Member[]): Group[] {
  const main = faces.filter((face) => !face.isTonePair);
  const sizes = SIZES.map(sizeClass).filter((name) => main.some((face) => isOfSize(face, name)));
  return [
    ...byPurpose("purpose", main),
    ...(main.length > 0
      ? [{ kind: "all", name: ALL, has: (face) => !face.isTonePair } satisfies Group]
      : []),
    ...sizes.map(
      (name): Group => ({
        kind: "size",
        name,
        has: (face) => !face.isTonePair && isOfSize(face, name),
      }),
    ),
    ...byPurpose(
      "tone",
      faces.filter((face) => face.isTonePair),
    ),
  ];
}

function isOfSize(face: Member, name: string): boolean {
  return face.facePx !== undefined && sizeClass(face.facePx) === name;
}

function byPurpose(kind: "purpose" | "tone", faces: readonly Member[]): Group[] {
  const names = new Set(faces.map((face) => face.purpose));
  return [...names].map((name) => ({
    kind,
    name,
    has: (face) => face.isTonePair === (kind === "tone") && face.purpose === name,
  }));
}
