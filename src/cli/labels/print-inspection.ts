import { AIGC_KEYS } from "../../labels/aigc-field.ts";
import type { FoundAigc } from "../../labels/find-labels.ts";
import type { Inspection } from "../../labels/inspect-picture.ts";

type Row = readonly [name: string, value: string];

/** Returns an inspection as lines of two columns for a person. */
export function describeInspection(
  found: Inspection & { readonly file: string; readonly requestId?: string },
): string {
  const rows: Row[] = [
    ["Picture", `${found.file}, ${found.width}x${found.height} ${found.format.toUpperCase()}`],
    ["Visible label", visibleText(found)],
    ...implicitRows(found),
    ...credentialsRows(found),
    ["Watermark", watermarkText(found)],
    ["Other metadata", found.others.join(", ") || "none"],
  ];
  const column = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `${name.padEnd(column)}${value}\n`).join("");
}

function visibleText({ visible }: Inspection): string {
  if (visible === undefined) return "the default text is not in the lower right corner";
  const { x, y, width, height } = visible.plate;
  const percent = (100 * visible.heightOfShortSide).toFixed(1);
  return `${visible.text}, ${width}x${height} at ${x},${y}, characters ${percent} % of the short side`;
}

function implicitRows({ aigc, xmp, comments }: Inspection): Row[] {
  const texts = new Set(aigc.map(({ field, text }) => JSON.stringify(field ?? text)));
  return [
    ...(aigc.length === 0 ? [["Implicit label", "none"] as const] : []),
    ...aigc.map((label) => [`AIGC in ${label.carrier}`, aigcText(label)] as const),
    ...(texts.size > 1 ? [["", "these contradict each other"] as const] : []),
    ...xmp.flatMap(({ digitalSourceType, creatorTool, createDate }) => [
      ...optional("IPTC source type", digitalSourceType),
      ...optional("Made by", creatorTool),
      ...optional("Made at", createDate),
    ]),
    ...comments.filter((text) => aigc.every((label) => label.text !== text)).map(commentRow),
  ];
}

function aigcText({ field, text }: FoundAigc): string {
  if (field === undefined) return `not a field of seven keys: ${printable(text)}`;
  return AIGC_KEYS.filter((key) => field[key] !== "")
    .map((key) => `${key} ${printable(field[key])}`)
    .join(", ");
}

function commentRow(text: string): Row {
  return ["EXIF UserComment", printable(text)];
}

function optional(name: string, value: string | undefined): Row[] {
  return value === undefined ? [] : [[name, printable(value)]];
}

const STATES = {
  trusted: "whole, signed by one who is trusted",
  valid: "whole, by its own account",
  invalid: "they do not hold",
} as const;

function credentialsRows({ credentials }: Inspection): Row[] {
  if (credentials === undefined) return [["Content Credentials", "none"]];
  const { state, signer, madeBy, actions, problems } = credentials;
  return [
    ["Content Credentials", STATES[state]],
    ...optional("  signed by", signer),
    ...optional("  made by", madeBy),
    ...optional("  actions", actions.join(", ") || undefined),
    ...optional("  remarks", problems.join(", ") || undefined),
  ];
}

function watermarkText({ watermark, requestId }: Inspection & { requestId?: string }): string {
  if (watermark === undefined) return "none found";
  const kept = Math.round(100 * watermark.keptOfShortSide);
  const whose = requestId === undefined ? "" : `, request ${requestId}`;
  return `${watermark.number}${whose} (score ${watermark.score.toFixed(1)}, ${kept} % of the short side is left)`;
}

/** Strangers' texts shall not move a terminal's cursor or fill its screen. */
function printable(text: string): string {
  const plain = text.replace(/\p{C}/gu, "?");
  return plain.length > 300 ? `${plain.slice(0, 300)}...` : plain;
}
