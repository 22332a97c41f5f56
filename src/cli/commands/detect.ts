import path from "node:path";
import type { Face, FoundFaces, RejectedFace } from "../../faces/face.ts";
import { createFaceFinder } from "../../faces/find-faces.ts";
import { decodePicture, encodePicture } from "../../imaging/codec.ts";
import { type Colour, drawDot, drawFrame } from "../../imaging/draw-shapes.ts";
import type { Picture, Rect } from "../../imaging/picture.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { readInputFile, withFileName, writeOutput } from "../files.ts";
import { MODELS_DIR_OPTION, prepareModels } from "../local-models.ts";
import { createProgress } from "../progress.ts";

const USABLE: Colour = [64, 220, 96];
const REJECTED: Colour = [240, 72, 56];
const POINT: Colour = [255, 220, 64];

/** `faceloom detect`: what the engine sees in a picture. */
export const detectCommand: Command = {
  usage: "detect PICTURE [--out FILE] [--json]",
  describe:
    "Lists the faces of a picture, largest first, and those that cannot be fused with the reason.",
  options: {
    out: {
      value: "FILE",
      describe: "Write the picture with boxes and landmarks drawn; .png or .jpg",
    },
    json: { describe: "Print one JSON object, landmarks included" },
    ...MODELS_DIR_OPTION,
  },
  maxPositionals: 1,
  run: runDetect,
};

async function runDetect(args: CommandArguments): Promise<number> {
  const [file] = args.positionals;
  if (file === undefined) throw new UsageError("The picture is missing.");
  const out = args.text("out");
  if (out === "-" && args.has("json")) {
    throw new UsageError("--json and --out - would both write to stdout.");
  }
  const bytes = await readInputFile(file);
  const picture = await withFileName(file, () => decodePicture(bytes));
  const found = await findFaces(args, picture);
  if (out !== undefined) {
    drawFaces(picture, found);
    const format = /\.jpe?g$/i.test(path.extname(out)) ? "jpeg" : "png";
    await writeOutput(out, await encodePicture(picture, { format }));
  }
  if (out !== "-") {
    process.stdout.write(args.has("json") ? `${asJson(picture, found)}\n` : asText(found));
  }
  return 0;
}

async function findFaces(args: CommandArguments, picture: Picture): Promise<FoundFaces> {
  const progress = createProgress();
  try {
    const { models } = await prepareModels(args, progress);
    progress.show("searching faces");
    await using finder = await createFaceFinder({ models });
    return await finder.find(picture, { wanted: "all" });
  } finally {
    progress.clear();
  }
}

function drawFaces(picture: Picture, { faces, rejected }: FoundFaces): void {
  const line = Math.max(1, Math.round(Math.max(picture.width, picture.height) / 500));
  for (const { box } of rejected) drawFrame(picture, box, REJECTED, line);
  for (const { box, mesh } of faces) {
    drawFrame(picture, box, USABLE, line);
    const radius = Math.max(box.width, box.height) / 260;
    for (let i = 0; i < mesh.length; i += 3) {
      drawDot(picture, [mesh[i]!, mesh[i + 1]!], radius, POINT);
    }
  }
}

function asText({ faces, rejected }: FoundFaces): string {
  const usable = faces.map((face, i) => {
    const { rollDeg, score, landmarkScore } = numbersOf(face);
    return `face ${i + 1}: ${boxText(face.box)}, roll ${rollDeg}°, score ${score}, landmarks ${landmarkScore}\n`;
  });
  const others = rejected.map((face) => `not usable (${face.why}): ${boxText(face.box)}\n`);
  return [...usable, ...others].join("") || "No face was found.\n";
}

function boxText(box: Rect): string {
  const { x, y, width, height } = roundBox(box);
  return `${width}x${height} px at ${x},${y}`;
}

function asJson(picture: Picture, { faces, rejected }: FoundFaces): string {
  return JSON.stringify({
    width: picture.width,
    height: picture.height,
    faces: faces.map((face) => ({
      box: roundBox(face.box),
      ...numbersOf(face),
      landmarks: Array.from({ length: face.mesh.length / 3 }, (_, i) =>
        [0, 1, 2].map((axis) => round(face.mesh[i * 3 + axis]!, 2)),
      ),
    })),
    rejected: rejected.map((face: RejectedFace) => ({
      box: roundBox(face.box),
      score: round(face.score01, 3),
      why: face.why,
    })),
  });
}

function numbersOf(face: Face): { rollDeg: number; score: number; landmarkScore: number } {
  return {
    rollDeg: round((face.rollRad * 180) / Math.PI, 1),
    score: round(face.score01, 3),
    landmarkScore: round(face.flag01, 3),
  };
}

function roundBox(box: Rect): Rect {
  return {
    x: Math.round(box.x),
    y: Math.round(box.y),
    width: Math.round(box.width),
    height: Math.round(box.height),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
