/** What the operator's API answers, as docs/admin.md has it. */
import type { AccountState } from "../../../src/accounts/account.ts";
import type { ConsentRule } from "../../../src/accounts/consent.ts";
import type { CallRecord, DeletionRecord } from "../../../src/audit/audit-record.ts";
import type { MaterialState } from "../../../src/materials/materials.ts";
import type { PoolStats } from "../../../src/workers/pool-stats.ts";

/** A key without its secret. */
export interface AdminKey {
  readonly secretId: string;
  readonly createdAt: string;
  readonly isTemporary: boolean;
  readonly expiresAt: string | null;
  readonly isEnabled: boolean;
}

/** What an operator decides about an account; null is no bound. */
export interface AdminTerms {
  readonly state: AccountState;
  readonly allowedActions: readonly string[] | null;
  /** Calls a second by action, `*` for all others; 0 is no limit. */
  readonly rates: Readonly<Record<string, number>>;
  readonly monthlyQuota: number | null;
  readonly balance: number | null;
  readonly consent: ConsentRule | null;
}

/** An account with its keys. */
export interface AdminAccount extends AdminTerms {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly keys: readonly AdminKey[];
}

/** A new key, with its secret for this one time. */
export interface NewKey {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
  readonly expiresAt?: string;
}

/** Successful calls. */
export interface AdminUsage {
  readonly months: readonly {
    readonly month: string;
    readonly action: string;
    readonly calls: number;
  }[];
  readonly days: readonly DayUsage[];
}

/** Successful calls of one action on one day (`YYYY-MM-DD`, UTC). */
export interface DayUsage {
  readonly day: string;
  readonly action: string;
  readonly calls: number;
}

/** A material; boxes are px of the upright picture. */
export interface AdminMaterial {
  readonly id: string;
  readonly activityId: string;
  readonly name: string;
  readonly state: MaterialState;
  readonly auditResult: string;
  readonly faces: readonly {
    readonly id: string;
    readonly box: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    };
  }[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A row of the audit trail; one that was emptied on request has nothing but its number. */
export type AuditRow =
  | { readonly kind: "emptied"; readonly seq: number }
  | ((CallRecord | DeletionRecord) & { readonly seq: number; readonly time: string });

/** A page of the audit trail, the newest row first. */
export interface AuditAnswer {
  readonly rows: readonly AuditRow[];
  /** Where older rows begin; null at the end. */
  readonly next: number | null;
}

/** The server at one moment. */
export interface SystemAnswer {
  readonly versions: Readonly<Record<string, string>>;
  readonly uptimeSeconds: number;
  readonly health: {
    readonly phase: string;
    readonly isReady: boolean;
    readonly reasons: readonly string[];
  };
  readonly workers: PoolStats;
  readonly results: {
    readonly usedBytes: number;
    readonly quotaBytes: number;
    readonly disk?: { readonly freeBytes: number; readonly sizeBytes: number };
    readonly shortage?: string;
    readonly stored: number;
    readonly deletedExpired: number;
    readonly deletedOnRequest: number;
  };
  readonly models: readonly {
    readonly role: string;
    readonly package: string;
    readonly version: string;
    readonly licence: string;
    readonly state: "verified" | "damaged" | "missing";
    readonly isOptional: boolean;
  }[];
}
