import type { z } from "zod";

/** Text of a default that depends on the machine or on other settings, for the documents. */
interface ComputedDefault {
  readonly defaultText: string;
}

/** One setting of a component: where its text comes from, how it is parsed, what it means. */
export interface Setting<T> extends Partial<ComputedDefault> {
  /** The environment variable, `FACELOOM_…`. */
  readonly env: string;
  /** Parses the variable's text; see `base/setting-types.ts`. */
  readonly type: z.ZodType<T>;
  /** Used when the variable is unset or empty. */
  readonly default: T;
  /** One sentence for docs/configuration.md. */
  readonly describe: string;
  /** True for values that are never printed, and come from the environment only. */
  readonly secret: boolean;
  /** True when a running server takes a new value over; all others need a restart. */
  readonly isLive: boolean;
}

interface About extends Partial<ComputedDefault> {
  readonly describe: string;
  readonly secret?: boolean;
  readonly isLive?: boolean;
}

/** Declares a setting; without a default its value may be undefined. */
export function setting<T>(env: string, type: z.ZodType<T>, about: About): Setting<T | undefined>;
export function setting<T>(
  env: string,
  type: z.ZodType<T>,
  about: About & { readonly default: NoInfer<T> },
): Setting<T>;
export function setting<T>(
  env: string,
  type: z.ZodType<T>,
  about: About & { readonly default?: T },
): Setting<T | undefined> {
  return {
    env,
    type,
    default: about.default,
    describe: about.describe,
    secret: about.secret ?? false,
    isLive: about.isLive ?? false,
    ...(about.defaultText === undefined ? {} : { defaultText: about.defaultText }),
  };
}

/** The settings of one component, by our names. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** What a component receives: its settings' values. */
export type ConfigOf<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};
