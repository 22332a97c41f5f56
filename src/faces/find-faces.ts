import type { Picture } from "../imaging/picture.ts";
import {
  type FaceDetector,
  openFullRangeDetector,
  openShortRangeDetector,
} from "../inference/face-detector.ts";
import { openFaceMesh } from "../inference/face-mesh.ts";
import type { ModelFiles } from "../models/ensure-models.ts";
import { type ConfirmingNetworks, confirmFace } from "./confirm-face.ts";
import type { FaceQuery, FoundFaces } from "./face.ts";
import type { FaceRegion } from "./face-region.ts";
import { KnownFaces } from "./known-faces.ts";
import { createPyramid, type PicturePyramid } from "./picture-pyramid.ts";
import { proposeFaces } from "./propose-faces.ts";

/** Finds faces with their landmarks; works on one picture at a time. */
export interface FaceFinder {
  /** Searches a picture; the same picture and query always give the same faces. */
  find(picture: Picture, query: FaceQuery): Promise<FoundFaces>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a finder is made of. */
export interface FaceFinderOptions {
  readonly models: ModelFiles;
  /** Threads inside one network. Default 1. */
  readonly threads?: number;
}

/** Loads the three networks of the cascade. */
export async function createFaceFinder(options: FaceFinderOptions): Promise<FaceFinder> {
  const network = { threads: options.threads ?? 1 };
  const [fullRange, shortRange, mesh] = await Promise.all([
    openFullRangeDetector(options.models, network),
    openShortRangeDetector(options.models, network),
    openFaceMesh(options.models, network),
  ]);
  return {
    find: (picture, query) => findFaces({ fullRange, shortRange, mesh }, picture, query),
    async [Symbol.asyncDispose]() {
      await Promise.all([fullRange, shortRange, mesh].map((part) => part[Symbol.asyncDispose]()));
    },
  };
}

interface FinderNetworks extends ConfirmingNetworks {
  readonly fullRange: FaceDetector;
}

/** The whole picture is first shown to the detector at 80 to 160 px: a face may fill or overflow it. */
const COARSEST_SIDE_PX = 160;

/** Levels up to this side are also searched lying and upside down. */
const MAX_TURNED_SIDE_PX = 640;

/** Scores below this are not worth a closer look; the closer look weeds out what is no face. */
const MIN_PROPOSAL_SCORE_01 = 0.4;

async function findFaces(
  networks: FinderNetworks,
  picture: Picture,
  query: FaceQuery,
): Promise<FoundFaces> {
  const known = new KnownFaces();
  const pyramid = createPyramid(picture);
  const side = Math.max(picture.width, picture.height);
  const wanted = query.wanted === "all" ? Number.POSITIVE_INFINITY : query.wanted;
  const coarsest = Math.max(0, Math.ceil(Math.log2(side / COARSEST_SIDE_PX)));
  // At half size the smallest allowed face is 17 px, which the detector still finds.
  for (let halvings = coarsest; halvings >= Math.min(1, coarsest); halvings--) {
    const level = await pyramid.level(halvings);
    const turns = side / 2 ** halvings <= MAX_TURNED_SIDE_PX ? [0, 2, 1, 3] : [0];
    for (const quarterTurns of turns) {
      const query = { quarterTurns, minScore01: MIN_PROPOSAL_SCORE_01 };
      const proposals = await proposeFaces(networks.fullRange, level, query);
      await confirmAll(networks, pyramid, { proposals, known });
      if (known.count >= wanted) return known.summary();
    }
  }
  return known.summary();
}

async function confirmAll(
  networks: ConfirmingNetworks,
  pyramid: PicturePyramid,
  { proposals, known }: { readonly proposals: readonly FaceRegion[]; readonly known: KnownFaces },
): Promise<void> {
  for (const proposal of proposals) {
    if (known.covers(proposal)) continue;
    known.add(await confirmFace(networks, pyramid, proposal));
  }
}
