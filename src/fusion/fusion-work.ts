import type { Face } from "../faces/face.ts";
import type { FaceFinder } from "../faces/find-faces.ts";
import type { DecodedPicture } from "../imaging/codec.ts";
import { returnFloats } from "../imaging/float-store.ts";
import type { Picture } from "../imaging/picture.ts";
import type { ContentClassifier } from "../inference/content-classifier.ts";
import type { BlendMask } from "./blend/blend-mask.ts";
import type { FaceCanvas } from "./face-canvas.ts";
import type { FaceLayer } from "./face-layer.ts";
import type { FaceTopology } from "./face-topology.ts";
import type { FusionRequest } from "./fusion-request.ts";
import type { LightFields } from "./light/light-fields.ts";
import type { RelightConstants } from "./light/relight-gains.ts";
import type { SourceWeights } from "./light/source-weights.ts";
import type { FusionTuning } from "./presets.ts";
import type { Mesh } from "./shape/measure-face.ts";
import type { FaceGrid } from "./skin/face-grid.ts";
import type { FaceZones } from "./skin/face-zones.ts";
import type { FrontMatte } from "./skin/front-matte.ts";
import type { Occluders } from "./skin/occluders.ts";

/** A user's face and the template face it goes to. */
export interface FacePair {
  /** Place in the call's list of merges. */
  readonly merge: number;
  readonly user: Picture;
  readonly userFace: Face;
  readonly templateFace: Face;
}

/** What one call works on; each field is set by the step named beside it. */
export class FusionWork {
  readonly request: FusionRequest;
  readonly finder: FaceFinder;
  /** Opens the content classifier once for all calls. Rejects with `model-unavailable` when it has not been built. */
  readonly openClassifier: () => Promise<ContentClassifier>;
  /** decode-pictures */
  template!: DecodedPicture;
  /** decode-pictures; one or more photos per merge */
  users!: readonly (readonly DecodedPicture[])[];
  /** find-faces; by falling size of the template face */
  pairs!: readonly FacePair[];
  /** decode-pictures; changed in place by blend-back and add-label */
  result!: Picture;
  /** encode-result */
  image!: Uint8Array;

  constructor(
    request: FusionRequest,
    parts: {
      readonly finder: FaceFinder;
      readonly openClassifier: () => Promise<ContentClassifier>;
    },
  ) {
    this.request = request;
    this.finder = parts.finder;
    this.openClassifier = parts.openClassifier;
  }
}

/** What fusing one face works on; each field is set by the step named beside it. */
export class FaceWork {
  readonly pair: FacePair;
  readonly tuning: FusionTuning;
  readonly topology: FaceTopology;
  /** The running result: earlier faces of the same call are in it already. */
  readonly picture: Picture;
  /** place-features */
  targetMesh!: Mesh;
  /** draw-face */
  canvas!: FaceCanvas;
  /** map-skin */
  grid!: FaceGrid;
  /** map-skin */
  zones!: FaceZones;
  /** map-skin */
  occluders!: Occluders;
  /** map-skin */
  front!: FrontMatte;
  /** match-light */
  userLight!: LightFields;
  /** match-light */
  mirroredLight!: LightFields;
  /** match-light */
  weights!: SourceWeights;
  /** match-light */
  constants!: RelightConstants;
  /** compose-face; changed in place by the steps after it */
  layer!: FaceLayer;
  /** compose-face */
  mask!: BlendMask;
  /** rate-face, 0..1 */
  quality!: number;

  constructor(
    pair: FacePair,
    scene: {
      readonly tuning: FusionTuning;
      readonly topology: FaceTopology;
      readonly picture: Picture;
    },
  ) {
    this.pair = pair;
    this.tuning = scene.tuning;
    this.topology = scene.topology;
    this.picture = scene.picture;
  }

  /** Gives the large arrays back for the next face, once the last step is done. */
  returnArrays(): void {
    const { canvas, layer, mask } = this;
    const { weight0, weight1 } = canvas.raster;
    returnFloats(weight0, weight1, canvas.user, canvas.mirrored, canvas.template);
    returnFloats(layer.rgb, layer.feature, layer.interior, layer.plainLuma.data);
    returnFloats(mask.alpha, mask.border.data);
  }
}
