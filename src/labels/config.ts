import { type ConfigOf, setting } from "../base/setting.ts";
import { textSetting } from "../base/setting-types.ts";
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
} as const;

/** The labels' part of the configuration. */
export type LabelsConfig = ConfigOf<typeof LABELS_SETTINGS>;
