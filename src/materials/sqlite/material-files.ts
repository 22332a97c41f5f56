import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PictureFormat } from "../../imaging/picture.ts";

/** The pictures of materials, one file each, named at random so that an id never becomes a path. */
export interface MaterialFiles {
  /** Writes a file whole or not at all and returns its name. */
  write(picture: Uint8Array, format: PictureFormat): Promise<string>;
  /** Returns a file's bytes, or undefined when it is gone. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Deletes a file; one that is gone already is no fault. */
  remove(name: string): Promise<void>;
}

/** Keeps pictures in `folder`, which must be there. */
export function createMaterialFiles(folder: string): MaterialFiles {
  return {
    async write(picture, format) {
      const name = `${randomUUID()}.${format === "jpeg" ? "jpg" : "png"}`;
      const draft = join(folder, `${name}.part`);
      try {
        await writeFile(draft, picture, { mode: 0o600, flag: "wx", flush: true });
        await rename(draft, join(folder, name));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      return name;
    },
    async read(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}
