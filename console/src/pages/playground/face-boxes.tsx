import type { FoundFaces } from "./found-faces.ts";
import type { Box, Picture } from "./picture.ts";
import "./face-boxes.css";

/** A face as it is marked on a picture. */
export interface ShownFace {
  readonly box: Box;
  /** In the mark's corner. */
  readonly text: string;
  /** Below the mark. */
  readonly name?: string;
  /** For readers of the screen. */
  readonly label: string;
  /** Number of the colour; grey without. */
  readonly hue: number | undefined;
  readonly isPressed?: boolean;
}

interface FaceBoxesProps {
  readonly picture: Picture;
  readonly found: FoundFaces | undefined;
  /** What the picture is. */
  readonly label: string;
  readonly faces: readonly ShownFace[];
  readonly onChoose: (face: number) => void;
}

/** A picture with a button on each face. */
export function FaceBoxes({ picture, found, label, faces, onChoose }: FaceBoxesProps) {
  return (
    <div class="face-boxes">
      <img src={picture.url} alt={`${label}: ${picture.name}`} />
      {found === undefined
        ? null
        : faces.map((face, i) => (
            <button
              type="button"
              key={face.label}
              class={face.hue === undefined ? "face-box" : `face-box hue-${face.hue}`}
              aria-label={face.label}
              aria-pressed={face.isPressed}
              title={face.label}
              style={placeOf(face.box, found)}
              onClick={() => onChoose(i)}
            >
              {face.text === "" ? null : <span class="face-number" data-text={face.text} />}
              {face.name === undefined ? null : <span class="face-name">{face.name}</span>}
            </button>
          ))}
    </div>
  );
}

/** In parts of the picture, so that it holds at every size. */
function placeOf(box: Box, { width, height }: FoundFaces) {
  return {
    left: `${(100 * box.x) / width}%`,
    top: `${(100 * box.y) / height}%`,
    width: `${(100 * box.width) / width}%`,
    height: `${(100 * box.height) / height}%`,
  };
}
