import type { Picture } from "../imaging/picture.ts";
import { resizeAliased } from "../imaging/resize-aliased.ts";
import { type NetworkOptions, openNetwork } from "./session.ts";

/** Side of the network's square input. */
const SIDE_PX = 224;

/** The network's outputs in their order. */
const CLASSES = ["drawing", "hentai", "neutral", "porn", "sexy"] as const;

/** Probability of each class, 0..1, together 1. */
export type ContentScores = Readonly<Record<(typeof CLASSES)[number], number>>;

/** Tells what a picture shows, as far as moderation asks. */
export interface ContentClassifier {
  classify(picture: Picture): Promise<ContentScores>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens the content classifier, a MobileNet v2 of the package nsfwjs; `file` is its built model. */
export async function openContentClassifier(
  file: string,
  options: NetworkOptions = {},
): Promise<ContentClassifier> {
  const network = await openNetwork(file, options);
  return {
    async classify(picture) {
      const outputs = await network.run(resizeAliased(picture, SIDE_PX), SIDE_PX, SIDE_PX);
      const scores = outputs("dense_3");
      return Object.fromEntries(CLASSES.map((name, i) => [name, scores[i]!])) as ContentScores;
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

/** How likely a picture is pornographic, 0..1: drawn or not. A suggestive picture alone is not. */
export function unsafeShare01({ hentai, porn }: ContentScores): number {
  return hentai + porn;
}
