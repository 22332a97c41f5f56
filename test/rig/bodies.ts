import { randomBytes } from "node:crypto";
import { greyPng } from "../support/header-pictures.ts";
import { type PreparedBody, prepareBody } from "./caller.ts";

/** Time that the scripted engine computes for a usual call. */
export const JOB_MS = 100;

const USER = greyPng(80, 70);

/** What a body of the rig may be told. */
export interface BodyOptions {
  /** Side of the template, px; only its header is ever read. */
  readonly sidePx?: number;
  /** Size of the template's file. */
  readonly bytes?: number;
  readonly delivery?: "base64" | "url";
  /** The user's photo by URL instead of in the body. */
  readonly userUrl?: string;
  readonly userBytes?: number;
}

/** Makes a call that gives the scripted engine an order, such as `busy:100`. */
export function orderBody(order: string, options: BodyOptions = {}): PreparedBody {
  const { sidePx = 1280, bytes = 0, delivery = "base64", userUrl, userBytes = 0 } = options;
  const template = Buffer.concat([
    padded(greyPng(sidePx, sidePx, 1), bytes),
    Buffer.from(`|${order}`),
  ]);
  const user =
    userUrl === undefined
      ? { Image: padded(USER, userBytes).toString("base64") }
      : { Url: userUrl };
  return prepareBody({
    RspImgType: delivery,
    ModelImage: template.toString("base64"),
    MergeInfos: [user],
  });
}

function padded(picture: Buffer, bytes: number): Buffer {
  return Buffer.concat([picture, randomBytes(Math.max(0, bytes - picture.length))]);
}
