import { readFile, stat } from "node:fs/promises";
import { listEmpty, listUnavailable, listUnreadable, moderationRefused } from "../errors.ts";
import type { Moderator } from "../moderation.ts";
import { sha256Hex } from "../picture-digest.ts";

/** A read list, and what tells that the file is still the same. */
interface ReadList {
  readonly stamp: string;
  readonly hashes: ReadonlySet<string>;
}

/** Makes a moderator by a file of SHA-256 sums, one a line, what follows a blank and lines behind `#` left out. */
export function createHashListModerator(file: string): Moderator {
  let list: ReadList | undefined;
  return {
    async check({ bytes }) {
      list = await refreshed(file, list);
      const sha256 = await sha256Hex(bytes);
      if (list.hashes.has(sha256)) throw moderationRefused({ sha256 });
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
    throw listUnavailable(cause);
  }
}

function parse(text: string): ReadonlySet<string> {
  const hashes = new Set<string>();
  for (const [i, line] of text.split("\n").entries()) {
    const [word = ""] = line.trim().split(/\s/);
    if (word === "" || word.startsWith("#")) continue;
    if (!/^[\da-f]{64}$/i.test(word)) throw listUnreadable(i + 1);
    hashes.add(word.toLowerCase());
  }
  if (hashes.size === 0) throw listEmpty();
  return hashes;
}
