import { type ConfigOf, setting } from "../base/setting.ts";
import {
  integerSetting,
  secretSetting,
  switchSetting,
  textSetting,
} from "../base/setting-types.ts";

/** The operator's listener. */
export const ADMIN_SETTINGS = {
  enabled: setting("FACELOOM_ADMIN", switchSetting(), {
    default: true,
    describe: "Serve the operator's pages and their API on a port of their own.",
  }),
  host: setting("FACELOOM_ADMIN_HOST", textSetting(/^[\w.:-]+$/, "an address or a host name"), {
    default: "127.0.0.1",
    describe: "Address of that port. Leave it on the own machine, or put TLS in front.",
  }),
  port: setting("FACELOOM_ADMIN_PORT", integerSetting(0, 65_535), {
    defaultText: "9091, or any free port if it is taken",
    describe: "The port itself; 0 takes any free one. The log says which.",
  }),
  url: setting(
    "FACELOOM_ADMIN_URL",
    textSetting(/^https?:\/\/[\w.:[\]-]+\/?$/, "http(s)://host[:port] without a path"),
    {
      defaultText: "the address itself",
      describe:
        "Address under which browsers reach the pages through a proxy. With https cookies are `Secure`.",
    },
  ),
  token: setting("FACELOOM_ADMIN_TOKEN", secretSetting(32), {
    secret: true,
    describe:
      "The operator's token; without it one is made at the first start, printed once and kept as a hash.",
  }),
} as const;

/** The operator's part of the configuration. */
export type AdminConfig = ConfigOf<typeof ADMIN_SETTINGS>;
