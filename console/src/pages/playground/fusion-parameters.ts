import { logoRect } from "./logo-rect.ts";
import type { Box } from "./picture.ts";
import type { Choices, ChosenPicture, Options, User } from "./playground-state.ts";

/** The parameters of a FuseFaceUltra call, as the page sends them. */
export interface FusionParameters {
  readonly RspImgType: "base64";
  readonly ModelImage: string;
  readonly MergeInfos: readonly {
    readonly Image: string;
    readonly InputImageFaceRect?: WireRect;
    readonly TemplateFaceRect?: WireRect;
  }[];
  readonly SwapModelType: number;
  readonly FusionUltraParam: Readonly<Record<string, number>>;
  readonly LogoAdd: number;
  readonly LogoParam?: { readonly LogoImage: string; readonly LogoRect: WireRect };
}

interface WireRect {
  readonly X: number;
  readonly Y: number;
  readonly Width: number;
  readonly Height: number;
}

/** Users who take part: those that have a face of the template. */
export function takingPart({ users }: Pick<Choices, "users">): readonly User[] {
  return users.filter(({ templateFace }) => templateFace !== undefined);
}

/**
 * Turns the choices into parameters; undefined while there is no template or nobody takes part. Rectangles are given
 * only where there is a choice: a picture with one face speaks for itself.
 */
export function fusionParameters(now: Choices, change: Partial<Options> = {}) {
  const { template } = now;
  const users = takingPart(now);
  if (template === undefined || users.length === 0) return undefined;
  const options = { ...now.options, ...change };
  const templateFaces = template.found?.faces ?? [];
  const parameters: FusionParameters = {
    RspImgType: "base64",
    ModelImage: template.picture.base64,
    MergeInfos: users.map((user) => ({
      Image: user.picture.base64,
      ...rectOf("InputImageFaceRect", user.found?.faces ?? [], user.face),
      ...rectOf("TemplateFaceRect", templateFaces, user.templateFace ?? 0),
    })),
    SwapModelType: options.modelType,
    FusionUltraParam: {
      WarpRadio: options.warp,
      EnhanceRadio: options.enhance,
      MpRadio: options.smooth,
      TeethEnhanceRadio: Number(options.teeth),
      MakeupTransferRadio: Number(options.makeup),
    },
    LogoAdd: options.label === "none" ? 0 : 1,
    ...logoParam(options, template),
  };
  return parameters;
}

/** An own label needs to know how large the template is. */
function logoParam(
  { label, logo }: Options,
  { found }: ChosenPicture,
): Pick<FusionParameters, "LogoParam"> {
  if (label !== "own" || logo === undefined || found === undefined) return {};
  const { x, y, width, height } = logoRect(logo, found);
  const LogoRect = { X: x, Y: y, Width: width, Height: height };
  return { LogoParam: { LogoImage: logo.base64, LogoRect } };
}

/** The API's smallest rectangle. */
const MIN_SIDE_PX = 30;

function rectOf<N extends string>(
  name: N,
  faces: readonly Box[],
  index: number,
): { readonly [K in N]?: WireRect } {
  const face = faces[index];
  if (face === undefined || faces.length < 2) return {};
  const x = Math.max(0, face.x);
  const y = Math.max(0, face.y);
  const Width = Math.max(MIN_SIDE_PX, face.width);
  const Height = Math.max(MIN_SIDE_PX, face.height);
  return { [name]: { X: x, Y: y, Width, Height } } as { [K in N]: WireRect };
}
