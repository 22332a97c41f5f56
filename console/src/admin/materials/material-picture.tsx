import { useState } from "preact/hooks";
import { fill, useTexts } from "../../i18n/texts.ts";
import type { AdminMaterial } from "../admin-answers.ts";
import { MATERIALS_TEXTS } from "./materials-texts.ts";

/**
 * A material's picture with its faces drawn over it. Browsers turn pictures upright, as the boxes expect it, and tell
 * the size in that position.
 */
export function MaterialPicture({ material }: { readonly material: AdminMaterial }) {
  const t = useTexts(MATERIALS_TEXTS);
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | "gone">();
  const { id, name, faces } = material;
  if (size === "gone") return <p class="material-picture help">{t.noPicture}</p>;
  return (
    <div class="material-picture">
      <div class="material-frame">
        <img
          src={`/admin/v1/materials/${encodeURIComponent(id)}/picture`}
          alt={fill(t.picture, { name: name || id })}
          loading="lazy"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize({ width: naturalWidth, height: naturalHeight })
          }
          onError={() => setSize("gone")}
        />
        {size === undefined ? null : (
          <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
            {faces.map(({ id: faceId, box }) => (
              <FaceBox key={faceId} id={faceId} box={box} />
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}

/** A face's box with the end of its id, which is its number. */
function FaceBox({ id, box }: AdminMaterial["faces"][number]) {
  const { x, y, width, height } = box;
  return (
    <g>
      <title>{id}</title>
      <rect x={x} y={y} width={width} height={height} vector-effect="non-scaling-stroke" />
      <text x={x} y={y - height * 0.05} font-size={height * 0.2}>
        {id.split("_").at(-1)}
      </text>
    </g>
  );
}
