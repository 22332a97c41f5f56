import { setting } from "../base/setting.ts";
import { integerSetting, secretSetting, textSetting } from "../base/setting-types.ts";

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
  bootstrapSecretKey: setting("FACELOOM_BOOTSTRAP_SECRET_KEY", secretSetting(16), {
    secret: true,
    describe:
      "SecretKey of the first account. If the account is there already, its key is changed to this one.",
  }),
  ratePerSecond: setting("FACELOOM_RATE_PER_SECOND", integerSetting(0, 1_000_000), {
    default: 0,
    isLive: true,
    describe:
      "Calls that an account without a rate of its own may make in one second, by action and region; 0 is unlimited. Accounts made by `faceloom accounts create` have a rate of their own: the original's 2 for FuseFaceUltra.",
  }),
} as const;
