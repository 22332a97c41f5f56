import { decodePicture } from "../../imaging/codec.ts";
import { drawLabel } from "../../imaging/draw-label.ts";
import { layoutCornerLabel, layoutLabelIn } from "../../imaging/label-layout.ts";
import { overlayPicture } from "../../imaging/overlay-picture.ts";
import type { Picture } from "../../imaging/picture.ts";
import { LABEL_SIDE_PX } from "../../imaging/picture-header.ts";
import type { VisibleLabel } from "../fusion-options.ts";

/**
 * Draws the visible label on a picture, in place, and touches nothing outside the label's rectangle: the caller's
 * picture stretched into the caller's rectangle, the default text there when only a rectangle is given, else the
 * default text (or the caller's picture at its own size) in the lower right corner. A rectangle may reach over the
 * border; what lies outside is cut off. `isAlsoInCorner` adds the default text in the corner. Throws what {@link decodePicture} throws for a bad label picture.
 */
export async function addLabel(picture: Picture, label: VisibleLabel): Promise<void> {
  if (label.image !== undefined) {
    const overlay = await decodePicture(label.image, LABEL_SIDE_PX);
    const { width, height } = overlay;
    const corner = { x: picture.width - width, y: picture.height - height, width, height };
    overlayPicture(picture, overlay, label.rect ?? corner);
  } else if (label.rect !== undefined) {
    drawLabel(picture, layoutLabelIn(label.rect, label.language));
  }
  const isElsewhere = label.image !== undefined || label.rect !== undefined;
  if (isElsewhere && !label.isAlsoInCorner) return;
  drawLabel(picture, layoutCornerLabel(picture.width, picture.height, label.language));
}
