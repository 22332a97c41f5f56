import { callConsole } from "../../api/call-console.ts";
import type { Key } from "../../api/sign-call.ts";
import type { Box, Picture } from "./picture.ts";

/** What the server sees in a picture. */
export interface FoundFaces {
  /** Size of the upright picture, px. */
  readonly width: number;
  readonly height: number;
  /** Largest first. */
  readonly faces: readonly Box[];
}

interface WireBox {
  readonly X: number;
  readonly Y: number;
  readonly Width: number;
  readonly Height: number;
}

interface DetectAnswer {
  readonly Width: number;
  readonly Height: number;
  readonly Faces: readonly { readonly Box: WireBox }[];
}

/** Has the faces of a picture found; throws an Error with the server's words. */
export async function findFaces(picture: Picture, key: Key): Promise<FoundFaces> {
  const { response, error } = await callConsole("DetectFaces", { Image: picture.base64 }, key);
  if (error !== undefined) throw new Error(`${error.code}: ${error.message}`);
  // The answer of our own server to our own call.
  const { Width, Height, Faces } = response as unknown as DetectAnswer;
  return {
    width: Width,
    height: Height,
    faces: Faces.map(({ Box }) => ({ x: Box.X, y: Box.Y, width: Box.Width, height: Box.Height })),
  };
}
