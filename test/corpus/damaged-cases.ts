import { createRandom } from "../support/random.ts";
import { CODES, type PictureCase } from "./picture-case.ts";
import { seedJpeg, seedPng } from "./seeds.ts";

const KINDS = [
  ["JPEG", seedJpeg],
  ["PNG", seedPng],
] as const;

/** Flips bits of a file, each with the same probability. */
export function flipBits(file: Uint8Array, probability: number, random: () => number): Buffer {
  const damaged = Buffer.from(file);
  const bits = damaged.length * 8;
  // Distances between flips are geometric: no need to throw the dice for each bit.
  const step = (): number => 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - probability));
  for (let bit = step() - 1; bit < bits; bit += step()) {
    damaged[bit >> 3] = damaged[bit >> 3]! ^ (1 << (bit & 7));
  }
  return damaged;
}

/** How much is flipped: from a bit or two in such a file to hundreds. */
export const FLIP_PROBABILITIES = [0.000_02, 0.000_1, 0.001, 0.01] as const;

/** Cut files and files with flipped bits. I-30, I-31. */
export function damagedCases(flips: number): readonly PictureCase[] {
  const random = createRandom(31);
  return KINDS.flatMap(([kind, make]): readonly PictureCase[] => [
    {
      id: "I-30",
      what: `${kind} of no bytes`,
      make: () => Buffer.alloc(0),
      expected: [CODES.empty],
      isByUrlOnly: true,
    },
    ...[2, 3, 9, 20, 33, 160, 400, 699].map((bytes) => ({
      id: "I-30",
      what: `${kind} cut behind byte ${bytes}`,
      make: async () => (await make()).subarray(0, bytes),
      expected: "undecodable" as const,
    })),
    ...[0.1, 0.5, 0.98].map((part) => ({
      id: "I-30",
      what: `${kind} cut at ${part * 100} %`,
      make: async () => {
        const file = await make();
        return file.subarray(0, Math.floor(file.length * part));
      },
      expected: "undecodable" as const,
    })),
    ...Array.from({ length: flips }, (_, i) => ({
      id: "I-31",
      what: `${kind} with flipped bits, ${i}`,
      make: async () =>
        flipBits(await make(), FLIP_PROBABILITIES[i % FLIP_PROBABILITIES.length]!, random),
      // A flip in the header may say another size; one in the pixels may hide the face.
      expected: [
        "ok",
        CODES.undecodable,
        CODES.faceless,
        CODES.smallFace,
        CODES.tooSmall,
        CODES.tooLarge,
      ],
      isOnce: true,
    })),
  ]);
}
