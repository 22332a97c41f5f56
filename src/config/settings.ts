import { ACCOUNTS_SETTINGS } from "../accounts/config.ts";
import { ACTIONS_SETTINGS } from "../actions/config.ts";
import { ADMIN_SETTINGS } from "../admin/config.ts";
import { AUDIT_SETTINGS } from "../audit/config.ts";
import type { Settings } from "../base/setting.ts";
import { setting } from "../base/setting.ts";
import { textSetting } from "../base/setting-types.ts";
import { CONSOLE_SETTINGS } from "../console/config.ts";
import { DOWNLOAD_SETTINGS } from "../download/config.ts";
import { HTTP_SETTINGS } from "../http/config.ts";
import { JOBS_SETTINGS } from "../jobs/config.ts";
import { LABELS_SETTINGS } from "../labels/config.ts";
import { CREDENTIALS_SETTINGS } from "../labels/credentials/config.ts";
import { MODELS_SETTINGS } from "../models/config.ts";
import { MODERATION_SETTINGS } from "../moderation/config.ts";
import { OPERATIONS_SETTINGS } from "../operations/config.ts";
import { PRIVACY_SETTINGS } from "../privacy/config.ts";
import { PROTOCOL_SETTINGS } from "../protocol/config.ts";
import { STORAGE_SETTINGS } from "../storage/config.ts";
import { TELEMETRY_SETTINGS } from "../telemetry/config.ts";
import { WORKER_SETTINGS } from "../workers/config.ts";

const DATA_SETTINGS = {
  dataDir: setting("FACELOOM_DATA_DIR", textSetting(), {
    default: "./data",
    describe:
      "Folder of everything that is kept: accounts and keys, models, results. Made at the first start.",
  }),
} as const;

/** Every setting, by component, in the order of docs/configuration.md. */
export const SETTINGS = {
  data: DATA_SETTINGS,
  models: MODELS_SETTINGS,
  http: HTTP_SETTINGS,
  console: CONSOLE_SETTINGS,
  accounts: ACCOUNTS_SETTINGS,
  protocol: PROTOCOL_SETTINGS,
  actions: ACTIONS_SETTINGS,
  download: DOWNLOAD_SETTINGS,
  moderation: MODERATION_SETTINGS,
  audit: AUDIT_SETTINGS,
  privacy: PRIVACY_SETTINGS,
  labels: LABELS_SETTINGS,
  credentials: CREDENTIALS_SETTINGS,
  storage: STORAGE_SETTINGS,
  jobs: JOBS_SETTINGS,
  workers: WORKER_SETTINGS,
  operations: OPERATIONS_SETTINGS,
  admin: ADMIN_SETTINGS,
  telemetry: TELEMETRY_SETTINGS,
} as const satisfies Readonly<Record<string, Settings>>;
