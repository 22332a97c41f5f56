import { setting } from "../base/setting.ts";
import { textSetting } from "../base/setting-types.ts";

/** What the retention statement says of the operator. */
export const PRIVACY_SETTINGS = {
  operator: setting(
    "FACELOOM_PRIVACY_OPERATOR",
    textSetting(/^[^\n]{1,200}$/, "1 to 200 characters"),
    {
      describe: "Who runs this server, as `GET /v1/retention` names it.",
    },
  ),
  contact: setting(
    "FACELOOM_PRIVACY_CONTACT",
    textSetting(/^[^\n]{1,200}$/, "1 to 200 characters"),
    {
      describe: "Where questions and requests for deletion go, as `GET /v1/retention` names it.",
    },
  ),
} as const;
