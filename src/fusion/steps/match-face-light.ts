import { createPlane, type Plane, planeFrom } from "../../imaging/plane.ts";
import type { FaceWork } from "../fusion-work.ts";
import { closeTone } from "../light/close-tone.ts";
import { followExpression, otherView, smileDifference } from "../light/follow-expression.ts";
import { type LightFields, matchLight } from "../light/light-fields.ts";
import { keepLipsRed } from "../light/lip-colour.ts";
import { dampLipShine } from "../light/lip-shine.ts";
import { measureRelightConstants } from "../light/relight-constants.ts";
import { followSkinLine } from "../light/skin-line.ts";
import { type SkinSource, weighSources } from "../light/source-weights.ts";
import { laughterShare } from "../shape/laughter.ts";
import type { GridColours } from "../skin/face-grid.ts";
import type { Step } from "../step.ts";

/** Weight of a beard's cells in the colour estimate: matching them to shaven skin would bleach the beard. */
const BEARD_WEIGHT = 0.02;
/** Weight of the skin around the eyes: its shade tells how deep the eyes lie, but make-up lies there too. */
const SOCKET_WEIGHT = 0.4;
/** Weight of skin that the photo hardly shows, so that no cell is without any estimate. */
const MIN_VISIBILITY = 0.02;

/** Finds the light and colour of the template on the user's skin. */
export const matchFaceLight: Step<FaceWork> = {
  name: "match-light",
  describe:
    "Estimates smooth fields that carry the user's skin into the template's light, tone and white balance.",
  run(work) {
    const { grid, occluders, tuning } = work;
    const user = sourceOf(work, grid.userVisibility, occluders.user, grid.user);
    const mirrored = sourceOf(work, grid.mirroredVisibility, occluders.mirrored, grid.mirrored);
    work.weights = weighSources(grid, user, mirrored);
    work.constants = measureRelightConstants(grid, user.mask, user.light);
    work.userLight = colourAsSkin(work, user, grid.user);
    work.mirroredLight = colourAsSkin(work, mirrored, grid.mirrored);

    function sourceOf(
      from: FaceWork,
      visibility: Plane,
      hidden: Plane,
      colours: typeof grid.user,
    ): SkinSource {
      const support = comparableSkin(from, visibility, hidden);
      const mask = withoutBeards(from, support);
      const light = matchLight(grid, colours, mask, tuning.midBandLimit);
      return { visibility, hidden, mask, support: keepTemplateBeard(from, support), light };
    }
  },
};

/** Corrects the colours where a mere shift of light and tone would not look like skin or lips. */
function colourAsSkin(work: FaceWork, source: SkinSource, colours: GridColours): LightFields {
  const { grid, zones, constants } = work;
  const scene = { grid, zones, mask: source.mask, hidden: source.hidden, colours, constants };
  const closed = closeTone(followSkinLine(source.light, scene), scene);
  const light = dampLipShine(keepLipsRed(closed, scene), scene);
  const { userFace, templateFace } = work.pair;
  const laughter = laughterShare(userFace.mesh, templateFace.mesh);
  const bare = skinBesideMouth(work, source.hidden);
  const aside = otherView(userFace.mesh, templateFace.mesh);
  const beside = { grid, zones, colours, constants, bare, laughter, aside };
  const difference = smileDifference(userFace.mesh, templateFace.mesh);
  return followExpression(light, beside, difference);
}

/** Where both faces show bare skin or a beard, 0..1. */
function comparableSkin(work: FaceWork, visibility: Plane, hidden: Plane): Plane {
  const { grid, zones, occluders } = work;
  const mask = createPlane(grid.width, grid.height);
  for (let i = 0; i < mask.data.length; i++) {
    if (zones.noSkin.data[i]! > 0) continue;
    const socket = zones.features.data[i]! > 0 ? SOCKET_WEIGHT : 1;
    const bare = (1 - hidden.data[i]!) * (1 - occluders.template.data[i]!);
    const seen = visibility.data[i]! ** 2 + MIN_VISIBILITY;
    mask.data[i] = Math.min(1, grid.covered.data[i]! * bare * seen * socket);
  }
  return mask;
}

/** The mask with hardly any weight in a beard of either side. */
function withoutBeards({ occluders, zones }: FaceWork, mask: Plane): Plane {
  const hasBeard = occluders.isUserBearded || occluders.isTemplateBearded;
  return hasBeard ? weightBeard(mask, zones.beard) : mask;
}

/** The mask with hardly any weight in a beard that only the template has: the user's face has nothing to put in its place. */
function keepTemplateBeard({ occluders, zones }: FaceWork, mask: Plane): Plane {
  const isKept = occluders.isTemplateBearded && !occluders.isUserBearded;
  return isKept ? weightBeard(mask, zones.beard) : mask;
}

function weightBeard(mask: Plane, beard: Plane): Plane {
  return planeFrom(mask.width, mask.height, (i) =>
    beard.data[i]! > 0 ? BEARD_WEIGHT * mask.data[i]! : mask.data[i]!,
  );
}

/** Where a smile's folds may come and go: not under the template's hair or beard, less in what looks like the user's beard. */
function skinBesideMouth(work: FaceWork, hidden: Plane): Plane {
  const { grid, zones, occluders } = work;
  const inBeard = occluders.isTemplateBearded ? 0 : occluders.isUserBearded ? 0.6 : 1;
  const bare = createPlane(grid.width, grid.height);
  for (let i = 0; i < bare.data.length; i++) {
    const beard = zones.beard.data[i]! > 0 ? inBeard : 1;
    bare.data[i] = (1 - hidden.data[i]!) * (1 - occluders.template.data[i]!) * beard;
  }
  return bare;
}
