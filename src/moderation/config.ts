import { setting } from "../base/setting.ts";
import { textSetting } from "../base/setting-types.ts";

/** Which pictures are never fused. */
export const MODERATION_SETTINGS = {
  hashesFile: setting("FACELOOM_MODERATION_HASHES", textSetting(), {
    describe:
      "File with the SHA-256 of pictures that must not be fused, one a line in hex (`sha256sum` writes it so). It is read again when it changes; while it cannot be used no call succeeds.",
  }),
} as const;
