import { type ConfigOf, setting } from "../base/setting.ts";
import { switchSetting, textSetting, wordSetting } from "../base/setting-types.ts";
import { LABEL_LANGUAGES } from "../imaging/label-text.ts";
import { AIGC_VALUE } from "./aigc-field.ts";

/** Settings of what results say of their origin. */
export const LABELS_SETTINGS = {
  producer: setting(
    "FACELOOM_LABEL_PRODUCER",
    textSetting(
      AIGC_VALUE,
      "1 to 128 printable ASCII characters without blanks, quotes and backslashes",
    ),
    {
      default: "Faceloom",
      describe:
        "Who runs the service, as `ContentProducer` of the implicit label: in China the provider's code (`001`, `1`, the 18 characters of the unified social credit code, then 5 of one's own), elsewhere a name.",
    },
  ),
  visible: setting("FACELOOM_LABEL_VISIBLE", wordSetting(["as-asked", "always"]), {
    default: "as-asked",
    describe:
      "`always` writes the default text into the lower right corner of every result, beside a logo of the caller's and even when a call says `LogoAdd: 0`.",
  }),
  language: setting("FACELOOM_LABEL_LANGUAGE", wordSetting(LABEL_LANGUAGES), {
    default: "zh",
    describe:
      "Language of the visible label's default text: `zh` 本图片为AI合成图片, `en` Synthesized by AI. China asks for the Chinese one.",
  }),
  hasWatermark: setting("FACELOOM_LABEL_WATERMARK", switchSetting(), {
    default: false,
    describe:
      "Hide a watermark in every result of at least 256x256 that leads to its RequestId even when the file's labels are lost.",
  }),
} as const;

/** The labels' part of the configuration. */
export type LabelsConfig = ConfigOf<typeof LABELS_SETTINGS>;
