import type { Picture, Rect } from "../imaging/picture.ts";
import {
  type DetectorInput,
  type FaceDetector,
  FULL_RANGE_SIDE_PX,
  openFullRangeDetector,
  openShortRangeDetector,
  SHORT_RANGE_SIDE_PX,
} from "../inference/face-detector.ts";
import { MESH_SIDE_PX, openFaceMesh } from "../inference/face-mesh.ts";
import type { ModelFiles } from "../models/ensure-models.ts";
import { type ConfirmingNetworks, confirmFace } from "./confirm-face.ts";
import type { FaceQuery, FoundFaces } from "./face.ts";
import type { FaceRegion } from "./face-region.ts";
import { KnownFaces } from "./known-faces.ts";
import { createPyramid, type PicturePyramid } from "./picture-pyramid.ts";
import { type ProposalQuery, proposeFaces } from "./propose-faces.ts";
import { proposeNear } from "./propose-near.ts";

/** Finds faces with their landmarks; works on one picture at a time. */
export interface FaceFinder {
  /** Searches a picture; the same picture and query always give the same faces. */
  find(picture: Picture, query: FaceQuery): Promise<FoundFaces>;
  /** Runs every network once on blank input: the first run of each takes far longer than the next ones. */
  warmUp(): Promise<void>;
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
  const networks = { fullRange, shortRange, mesh };
  return {
    find: (picture, query) => findFaces(networks, picture, query),
    warmUp: () => warmUp(networks),
    async [Symbol.asyncDispose]() {
      await Promise.all([fullRange, shortRange, mesh].map((part) => part[Symbol.asyncDispose]()));
    },
  };
}

interface FinderNetworks extends ConfirmingNetworks {
  readonly fullRange: FaceDetector;
}

async function warmUp({ fullRange, shortRange, mesh }: FinderNetworks): Promise<void> {
  const blank = (sidePx: number): DetectorInput => ({
    planes: new Float32Array(3 * sidePx ** 2),
    width: sidePx,
    height: sidePx,
  });
  await fullRange.detect(blank(FULL_RANGE_SIDE_PX), 1);
  await shortRange.detect(blank(SHORT_RANGE_SIDE_PX), 1);
  await mesh.locate(blank(MESH_SIDE_PX).planes, { a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0 });
}

/** The whole picture is first shown to the detector at 80 to 160 px: a face may fill or overflow it. */
const COARSEST_SIDE_PX = 160;

/** Levels up to this side are also searched lying and upside down. */
const MAX_TURNED_SIDE_PX = 640;

/**
 * Side of a face on a level, by its mesh, from which on the detector misses practically none of that size: of 87 upright
 * faces on 79 photos none was missed at 18 px or more, one at 16.
 */
const MIN_CERTAIN_SIDE_PX = 18;

/** Proposals smaller than this on a level are left to the next one, which shows them twice as large. */
const MIN_PROPOSAL_SIDE_PX = 12;

/** Scores below this are not worth a closer look; the closer look weeds out what is no face. */
const MIN_PROPOSAL_SCORE_01 = 0.4;

async function findFaces(
  networks: FinderNetworks,
  picture: Picture,
  query: FaceQuery,
): Promise<FoundFaces> {
  const search: Search = { networks, pyramid: createPyramid(picture), known: new KnownFaces() };
  if (query.near !== undefined && query.near.length > 0) {
    await searchNear(search, query.near);
  } else {
    const wanted = query.wanted === "all" ? Number.POSITIVE_INFINITY : query.wanted;
    await searchLevels(search, Math.max(picture.width, picture.height), wanted);
  }
  return search.known.summary();
}

/** One search in progress. */
interface Search {
  readonly networks: FinderNetworks;
  readonly pyramid: PicturePyramid;
  readonly known: KnownFaces;
}

/**
 * From coarse to fine, so that the largest faces come first; stops after the pass that found enough. Faces at
 * the edge of what a level shows do not count yet: a larger one may have been missed beside them.
 */
async function searchLevels(search: Search, sidePx: number, wanted: number): Promise<void> {
  const { networks, pyramid, known } = search;
  for (const pass of planPasses(sidePx)) {
    if (pass.quarterTurns > 0 && known.countFrom(0) >= wanted) continue;
    const proposals = await proposeFaces(networks.fullRange, pyramid.level(pass.halvings), pass);
    await confirmAll(
      search,
      proposals.filter((proposal) => proposal.sidePx >= pass.minSidePx),
    );
    if (known.countFrom(MIN_CERTAIN_SIDE_PX * 2 ** pass.halvings) >= wanted) return;
  }
}

/** One look at the whole picture. */
interface Pass extends ProposalQuery {
  readonly halvings: number;
  /** Proposals below this are left to the next level, px of the picture. */
  readonly minSidePx: number;
}

/**
 * All looks at a picture with this longer side. A coarse level is searched lying and upside down only after the
 * next one was searched upright: a face that is too small for the one shows in the other far more often than not.
 */
function planPasses(sidePx: number): Pass[] {
  const coarsest = Math.max(0, Math.ceil(Math.log2(sidePx / COARSEST_SIDE_PX)));
  // At half size the smallest allowed face is 17 px, which the detector still finds.
  const finest = Math.min(1, coarsest);
  const finestTurned = Math.max(finest, Math.ceil(Math.log2(sidePx / MAX_TURNED_SIDE_PX)));
  const passAt = (halvings: number, quarterTurns: number, last: number): Pass => ({
    halvings,
    quarterTurns,
    minScore01: MIN_PROPOSAL_SCORE_01,
    minSidePx: halvings === last ? 0 : MIN_PROPOSAL_SIDE_PX * 2 ** halvings,
  });
  const passes: Pass[] = [];
  for (let halvings = coarsest; halvings >= finest - 1; halvings--) {
    if (halvings >= finest) passes.push(passAt(halvings, 0, finest));
    const above = halvings + 1;
    if (above > coarsest || above < finestTurned) continue;
    passes.push(...[2, 1, 3].map((turns) => passAt(above, turns, finestTurned)));
  }
  return passes;
}

async function searchNear(search: Search, rects: readonly Rect[]): Promise<void> {
  const { networks, pyramid } = search;
  for (const rect of rects) {
    await confirmAll(
      search,
      await proposeNear(networks.fullRange, pyramid, rect, MIN_PROPOSAL_SCORE_01),
    );
  }
}

async function confirmAll(search: Search, proposals: readonly FaceRegion[]): Promise<void> {
  const { networks, pyramid, known } = search;
  for (const proposal of proposals) {
    if (known.covers(proposal)) continue;
    known.add(await confirmFace(networks, pyramid, proposal));
  }
}
