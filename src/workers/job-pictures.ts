import type { VisibleLabel } from "../fusion/fusion-options.ts";
import type { FusionRequest, Merge } from "../fusion/fusion-request.ts";
import type { WorkerJob } from "./messages.ts";

/** A job whose pictures travel apart from it; each is named by its number. */
export interface JobOutline {
  readonly encoding: WorkerJob["encoding"];
  readonly template: number;
  readonly merges: readonly (Omit<Merge, "user"> & { readonly user: number })[];
  readonly options: Omit<FusionRequest["options"], "label">;
  readonly origin: FusionRequest["origin"];
  readonly label?: (Omit<VisibleLabel, "image"> & { readonly image?: number }) | undefined;
}

/** Takes the pictures out of a job. One that is used twice gets one number, so that it is sent and decoded once. */
export function takePictures({ request, encoding }: WorkerJob): {
  readonly outline: JobOutline;
  readonly pictures: readonly Uint8Array[];
} {
  const numbers = new Map<Uint8Array, number>();
  const numberOf = (picture: Uint8Array): number => {
    const number = numbers.get(picture) ?? numbers.size;
    numbers.set(picture, number);
    return number;
  };
  const { label, ...options } = request.options;
  const { image, ...place } = label ?? {};
  const outline = {
    encoding,
    template: numberOf(request.template),
    merges: request.merges.map((merge) => ({ ...merge, user: numberOf(merge.user) })),
    options,
    origin: request.origin,
    label: label && { ...place, ...(image && { image: numberOf(image) }) },
  };
  return { outline, pictures: [...numbers.keys()] };
}

/** Puts the pictures back: the opposite of {@link takePictures}. */
export function putPictures(outline: JobOutline, pictures: readonly Uint8Array[]): WorkerJob {
  const { encoding, template, merges, options, origin, label } = outline;
  const { image, ...place } = label ?? {};
  return {
    encoding,
    request: {
      origin,
      template: pictures[template]!,
      merges: merges.map((merge) => ({ ...merge, user: pictures[merge.user]! })),
      options: {
        ...options,
        label: label && { ...place, ...(image !== undefined && { image: pictures[image]! }) },
      },
    },
  };
}
