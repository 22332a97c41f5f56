import { readFile, stat } from "node:fs/promises";
import {
  moderationEmpty,
  moderationRefused,
  moderationUnavailable,
  moderationUnreadable,
} from "./errors.ts";
import type { Moderation } from "./moderation.ts";

/** A read list, and what tells that the file is still the same. */
interface ReadList {
  readonly stamp: string;
  readonly hashes: ReadonlySet<string>;
}

/** Makes a moderation by a file of SHA-256 sums, one a line, what follows a blank and lines behind `#` left out. */
export function createHashListModeration(file: string): Moderation {
  let list: ReadList | undefined;
  return {
    async check(pictures) {
      list = await refreshed(file, list);
      for (const picture of pictures) {
        const sha256 = await sha256Hex(picture);
        if (list.hashes.has(sha256)) throw moderationRefused(sha256);
      }
    },
  };
}

async function refreshed(file: string, known: ReadList | undefined): Promise<ReadList> {
  const { stamp, text } = await readIfChanged(file, known?.stamp);
  return text === undefined ? known! : { stamp, hashes: parse(text) };
}

async function readIfChanged(
  file: string,
  knownStamp: string | undefined,
): Promise<{ readonly stamp: string; readonly text?: string }> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    const stamp = `${ino} ${size} ${mtimeNs}`;
    return stamp === knownStamp ? { stamp } : { stamp, text: await readFile(file, "utf8") };
  } catch (cause) {
    throw moderationUnavailable(cause);
  }
}

function parse(text: string): ReadonlySet<string> {
  const hashes = new Set<string>();
  for (const [i, line] of text.split("\n").entries()) {
    const [word = ""] = line.trim().split(/\s/);
    if (word === "" || word.startsWith("#")) continue;
    if (!/^[\da-f]{64}$/i.test(word)) throw moderationUnreadable(i + 1);
    hashes.add(word.toLowerCase());
  }
  if (hashes.size === 0) throw moderationEmpty();
  return hashes;
}

/** Hashes off the event loop: 20 MB would hold it up for 14 ms. */
async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Buffer.from(digest).toString("hex");
}
