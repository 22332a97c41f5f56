import { setting } from "../base/setting.ts";
import {
  integerSetting,
  listSetting,
  switchSetting,
  textSetting,
  wordSetting,
  wordsSetting,
} from "../base/setting-types.ts";

/** Which pictures are never fused. */
export const MODERATION_SETTINGS = {
  roles: setting("FACELOOM_MODERATION_OF", wordsSetting(["template", "user", "result"]), {
    default: ["template", "user", "result"],
    describe: "Pictures that moderation looks at, by whichever of the ways below.",
  }),
  hashesFile: setting("FACELOOM_MODERATION_HASHES", textSetting(), {
    describe:
      "File with the SHA-256 of pictures that must not be fused, one a line in hex (`sha256sum` writes it so). It is read again when it changes; while it cannot be used no call succeeds.",
  }),
  hasClassifier: setting("FACELOOM_MODERATION_CLASSIFIER", switchSetting(), {
    default: false,
    describe:
      "Refuses pictures that a small network finds pornographic. Its weights come out of the npm package nsfwjs at the first start with this setting.",
  }),
  maxUnsafePercent: setting("FACELOOM_MODERATION_MAX_UNSAFE_PERCENT", integerSetting(0, 100), {
    // Of 93 portraits in five variants each the highest score is 0.89: a bare shoulder or a toddler is enough for that.
    default: 95,
    describe:
      "Most of the classifier's certainty that a picture is pornographic (its classes porn and hentai together) with which it is still fused.",
  }),
  webhookUrl: setting(
    "FACELOOM_MODERATION_WEBHOOK_URL",
    textSetting(/^https?:\/\/\S+$/, "a URL that begins with http:// or https://"),
    {
      describe:
        "Service of yours that is asked about every picture (docs/moderation.md). While it gives no verdict no call succeeds.",
    },
  ),
  webhookToken: setting(
    "FACELOOM_MODERATION_WEBHOOK_TOKEN",
    textSetting(/^[!-~]{1,512}$/, "1 to 512 printable ASCII characters without blanks"),
    { secret: true, describe: "Sent to that service as `Authorization: Bearer …`." },
  ),
  webhookSends: setting("FACELOOM_MODERATION_WEBHOOK_SENDS", wordSetting(["picture", "hash"]), {
    default: "picture",
    describe: "What it is sent: the picture itself, or nothing but its SHA-256 and size.",
  }),
  webhookTimeoutMs: setting("FACELOOM_MODERATION_WEBHOOK_TIMEOUT_MS", integerSetting(10, 60_000), {
    default: 5_000,
    describe: "Longest time until its verdict.",
  }),
  allowVerdicts: setting(
    "FACELOOM_MODERATION_WEBHOOK_ALLOWS",
    listSetting(/^[\w-]{1,64}$/, "words with commas between them"),
    { default: ["allow", "pass"], describe: "Its verdicts that let a picture pass." },
  ),
  blockVerdicts: setting(
    "FACELOOM_MODERATION_WEBHOOK_BLOCKS",
    listSetting(/^[\w-]{1,64}$/, "words with commas between them"),
    { default: ["block", "reject"], describe: "Its verdicts that refuse a picture." },
  ),
} as const;
