import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { isAppError } from "../../../../src/base/app-error.ts";
import { createHashListModerator } from "../../../../src/moderation/hash-list/hash-list-moderator.ts";
import type { Moderator } from "../../../../src/moderation/moderation.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

const BANNED = Buffer.from("a banned picture");
const OTHER = Buffer.from("another picture");
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Checks one picture against a list that holds `text`, and returns the reason of a refusal. */
async function reasonFor(picture: Buffer, text: string | undefined): Promise<string> {
  await using folder = await createTemporaryFolder();
  const file = path.join(folder.path, "hashes");
  if (text !== undefined) await writeFile(file, text);
  const moderator = createHashListModerator(file);
  return await told(checkAll(moderator, [OTHER, picture]));
}

async function checkAll(moderator: Moderator, pictures: readonly Buffer[]): Promise<void> {
  const call = { requestId: "r", accountId: "a", signal: new AbortController().signal };
  for (const bytes of pictures) await moderator.check({ role: "user", bytes }, call);
}

async function told(work: Promise<void>): Promise<string> {
  try {
    await work;
    return "fused";
  } catch (error) {
    return isAppError(error) ? error.reason : String(error);
  }
}

for (const [name, picture, text, expected] of [
  ["a picture on the list", BANNED, sha256(BANNED), "moderation-refused"],
  ["one in capitals", BANNED, `${sha256(BANNED).toUpperCase()}\n`, "moderation-refused"],
  [
    "one as sha256sum writes it",
    BANNED,
    `# refused\r\n\r\n${sha256(BANNED)}  a.jpg\r\n`,
    "moderation-refused",
  ],
  ["a picture that is not on it", OTHER, sha256(BANNED), "fused"],
  ["a missing list", OTHER, undefined, "moderation-unavailable"],
  ["an empty list", OTHER, "", "moderation-empty"],
  ["a list of remarks", OTHER, "# none yet\n", "moderation-empty"],
  ["a list with a wrong line", OTHER, `${sha256(BANNED)}\nmd5\n`, "moderation-unreadable"],
] as const) {
  test(`${name}: ${expected}`, async () => {
    assert.equal(await reasonFor(picture, text), expected);
  });
}

test("a changed list holds from the next check on", async () => {
  await using folder = await createTemporaryFolder();
  const file = path.join(folder.path, "hashes");
  await writeFile(file, sha256(OTHER));
  const moderation = createHashListModerator(file);
  assert.equal(await told(checkAll(moderation, [BANNED])), "fused");
  await writeFile(file, `${sha256(OTHER)}\n${sha256(BANNED)}`);
  assert.equal(await told(checkAll(moderation, [BANNED])), "moderation-refused");
});
