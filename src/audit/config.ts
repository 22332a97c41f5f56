import { type ConfigOf, setting } from "../base/setting.ts";
import { integerSetting, switchSetting, wordSetting } from "../base/setting-types.ts";

/** Settings of the audit trail. */
export const AUDIT_SETTINGS = {
  isOn: setting("FACELOOM_AUDIT", switchSetting(), {
    default: true,
    describe:
      "Keeps a row about every signed call, without any content, in `audit.db` of the data folder (docs/privacy.md).",
  }),
  keepDays: setting("FACELOOM_AUDIT_KEEP_DAYS", integerSetting(1, 36_500), {
    // Six months at the longest are 184 days; the labelling measures ask for no less where the label is left out.
    default: 190,
    describe: "Days after which a row of the audit trail is deleted.",
  }),
  clientAddress: setting(
    "FACELOOM_AUDIT_CLIENT_ADDRESS",
    wordSetting(["none", "network", "full"]),
    {
      default: "network",
      describe:
        "What a row says of the caller's address: nothing, its network (/24, /48 for IPv6), or all of it.",
    },
  ),
} as const;

/** The audit trail's part of the configuration. */
export type AuditConfig = ConfigOf<typeof AUDIT_SETTINGS>;
