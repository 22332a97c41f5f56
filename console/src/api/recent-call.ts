/** A call that the server answered, as `/console/api/` tells it: without any content. */
export interface RecentCall {
  readonly requestId: string;
  /** Unix ms. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly resultBytes: number;
  /** The wire's error code; undefined for success. */
  readonly code?: string;
  readonly action?: string;
  readonly version?: string;
  readonly family?: string;
  readonly client?: string;
  /** Masked. */
  readonly secretId?: string;
  readonly reason?: string;
  readonly sourceBytes?: number;
  readonly faces?: number;
  readonly modelType?: number;
  readonly delivery?: string;
  readonly width?: number;
  readonly height?: number;
  readonly format?: string;
  readonly queueMs?: number;
  readonly stepMs?: Readonly<Record<string, number>>;
}
