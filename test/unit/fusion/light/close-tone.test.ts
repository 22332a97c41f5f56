import assert from "node:assert/strict";
import test from "node:test";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, serious] = (await foundPortraits("calm", "serious")) as [FoundPortrait, FoundPortrait];

/** Dark skin with shine: dark levels get darker, bright ones stay. */
const shiny = (portrait: FoundPortrait): FoundPortrait =>
  repainted(portrait, (rgb) => rgb.map((v) => 0.85 * v * (v / 255) ** 1.5));

const CASES: readonly [string, FoundPortrait, FoundPortrait][] = [
  ["light to dark", shiny(calm), serious],
  ["dark to light", calm, shiny(serious)],
];

for (const [name, template, user] of CASES) {
  test(`skin has the template's mean colour, ${name}`, async () => {
    const { canvas, grid, zones, layer } = await faceWorkUntil("compose-face", { template, user });
    for (const channel of [0, 1, 2]) {
      let [sum, given, pixels] = [0, 0, 0];
      for (let i = 0; i < canvas.width * canvas.height; i++) {
        const [x, y] = [i % canvas.width, Math.floor(i / canvas.width)];
        const cell = Math.floor(y / grid.cellPx) * grid.width + Math.floor(x / grid.cellPx);
        if (zones.sureSkin.data[cell] === 0) continue;
        sum += layer.rgb[3 * i + channel]!;
        given += layer.template[3 * i + channel]!;
        pixels++;
      }
      const difference = Math.abs(sum - given) / pixels;
      assert.ok(difference < 0.025 * (given / pixels), `${channel}: ${difference}`);
    }
  });
}
