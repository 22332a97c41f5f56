import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createTemporaryFolder } from "./temporary-folder.ts";

/** Why a test that needs another program is skipped, or false when the program is there. */
export function missing(program: "exiftool" | "pngcheck"): string | false {
  try {
    execFileSync(program, program === "exiftool" ? ["-ver"] : ["-h"], { stdio: "ignore" });
    return false;
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code !== "ENOENT";
    return isThere ? false : `${program} is not installed on this machine`;
  }
}

/** Runs a program on a file with the given bytes and returns what it prints. Throws when it fails. */
export async function readWith(
  program: "exiftool" | "pngcheck",
  args: readonly string[],
  bytes: Uint8Array,
): Promise<string> {
  await using folder = await createTemporaryFolder();
  const file = path.join(folder.path, "picture");
  writeFileSync(file, bytes);
  return execFileSync(program, [...args, file], { encoding: "utf8" });
}
