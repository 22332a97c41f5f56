import { setting } from "../../base/setting.ts";
import { textSetting } from "../../base/setting-types.ts";

/** Settings of Content Credentials; both files or none. */
export const CREDENTIALS_SETTINGS = {
  certificate: setting("FACELOOM_C2PA_CERTIFICATE", textSetting(), {
    describe:
      "File with the certificate that signs Content Credentials (C2PA) and those above it, in PEM; without it results carry none.",
  }),
  key: setting("FACELOOM_C2PA_KEY", textSetting(), {
    describe: "File with that certificate's private key, in PEM and not encrypted.",
  }),
} as const;
