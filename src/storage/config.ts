/** Lifetime and room of stored results. */
export interface StorageConfig {
  /** How long a result can be fetched, in seconds. */
  readonly ttlSeconds: number;
  /** Most bytes that all results together may take. */
  readonly quotaBytes: number;
  /** Results are refused while the file system has less free space than this. */
  readonly minFreeBytes: number;
  /** Time in which every expired file is found and deleted. */
  readonly sweepSeconds: number;
}

/** The defaults that docs/configuration.md states. */
export const DEFAULT_STORAGE_CONFIG: StorageConfig = {
  ttlSeconds: 86_400,
  quotaBytes: 10 * 1024 ** 3,
  minFreeBytes: 1024 ** 3,
  sweepSeconds: 600,
};
