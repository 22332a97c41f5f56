import { type ConfigOf, setting } from "../base/setting.ts";
import { integerSetting, switchSetting, textSetting } from "../base/setting-types.ts";

/** The listener for probes and collectors. */
export const OPERATIONS_SETTINGS = {
  enabled: setting("FACELOOM_OPS", switchSetting(), {
    default: true,
    describe: "Serve /livez, /readyz, /startupz, /metrics and /version on a port of their own.",
  }),
  host: setting("FACELOOM_OPS_HOST", textSetting(/^[\w.:-]+$/, "an address or a host name"), {
    default: "127.0.0.1",
    describe:
      "Address of that port. Nobody is asked for a password there: keep it inside your network.",
  }),
  port: setting("FACELOOM_OPS_PORT", integerSetting(0, 65_535), {
    defaultText: "9090, or any free port if it is taken",
    describe: "The port itself; 0 takes any free one. The log says which.",
  }),
  readyWhenSaturated: setting("FACELOOM_READY_WHEN_SATURATED", switchSetting(), {
    default: true,
    describe:
      "Stay ready while the queue is full. `false` takes a full server out of a load balancer; with one server, or when all are full at once, that would turn everybody away.",
  }),
} as const;

/** The part of the configuration for probes and collectors. */
export type OperationsConfig = ConfigOf<typeof OPERATIONS_SETTINGS>;
