import { setting } from "../base/setting.ts";
import { integerSetting, textSetting } from "../base/setting-types.ts";

/** The first account and the limits of all. */
export const ACCOUNTS_SETTINGS = {
  bootstrapSecretId: setting(
    "FACELOOM_BOOTSTRAP_SECRET_ID",
    textSetting(
      /^[!-+.0-~-]{4,128}$/,
      "4 to 128 printable ASCII characters without blank, comma and /",
    ),
    {
      describe:
        "SecretId of the first account, together with its key; without both a pair is generated at the first start and printed once.",
    },
  ),
  bootstrapSecretKey: setting(
    "FACELOOM_BOOTSTRAP_SECRET_KEY",
    textSetting(/^[!-~]{8,256}$/, "8 to 256 printable ASCII characters without blanks"),
    {
      secret: true,
      describe:
        "SecretKey of the first account. If the account is there already, its key is changed to this one.",
    },
  ),
  ratePerSecond: setting("FACELOOM_RATE_PER_SECOND", integerSetting(0, 1_000_000), {
    default: 0,
    describe:
      "Calls that an account may make in one second, by action and region; 0 is unlimited. The original allows 2.",
  }),
} as const;
