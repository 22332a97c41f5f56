import { setting } from "../base/setting.ts";
import { integerSetting, listSetting, wordSetting } from "../base/setting-types.ts";

/** What the actions assume where a call says nothing. */
export const ACTIONS_SETTINGS = {
  defaultsEdition: setting("FACELOOM_DEFAULTS_EDITION", wordSetting(["2025-02", "2024-11"]), {
    default: "2025-02",
    describe:
      "Edition of the API page whose defaults apply: `EnhanceRadio` and `MpRadio` are 0.5 since 2025-02 and were 1 before.",
  }),
  modelTypes: setting(
    "FACELOOM_MODEL_TYPES",
    listSetting(/^[1-6]$/, "numbers from 1 to 6, separated by commas"),
    {
      default: ["1", "2", "3", "4", "5", "6"],
      describe:
        "Values of `SwapModelType` that are offered, separated by commas; others from 1 to 6 are answered with `ResourceNotFound`.",
    },
  ),
  fuseFaceTtlSeconds: setting(
    "FACELOOM_FUSE_FACE_RESULT_TTL_SECONDS",
    integerSetting(1, 31 * 86_400),
    {
      default: 7 * 86_400,
      describe: "How long a result of `FuseFace` can be fetched by its URL; the original's 7 days.",
    },
  ),
} as const;
