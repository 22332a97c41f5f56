import { setting } from "../base/setting.ts";
import { switchSetting, wordSetting } from "../base/setting-types.ts";

/** How strictly the gateway reads a call. */
export const PROTOCOL_SETTINGS = {
  requiresRegion: setting("FACELOOM_REQUIRE_REGION", switchSetting(), {
    default: true,
    describe: "Refuse calls without a region, as the original does; `false` takes them.",
  }),
  strictScope: setting("FACELOOM_STRICT_SCOPE", switchSetting(), {
    default: false,
    describe:
      "Take only `facefusion` as the service in a credential scope; most official clients send another word to a custom host.",
  }),
  allowsUnsignedPayload: setting("FACELOOM_ALLOW_UNSIGNED_PAYLOAD", switchSetting(), {
    default: true,
    describe: "Take calls that do not sign their body (`X-TC-Content-SHA256: UNSIGNED-PAYLOAD`).",
  }),
  allowsV1Signature: setting("FACELOOM_ALLOW_V1_SIGNATURE", switchSetting(), {
    default: true,
    describe: "Take calls with the older signature v1 (HmacSHA1, HmacSHA256) beside TC3.",
  }),
  replays: setting("FACELOOM_REPLAYS", wordSetting(["accept", "reject"]), {
    default: "accept",
    describe:
      "What happens to a signed call that comes a second time within its 300 s: the original accepts it. With `reject` two equal TC3 calls of one second count as one call and its repetition.",
  }),
} as const;
