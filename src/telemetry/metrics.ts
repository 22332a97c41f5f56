import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { METRICS, type MetricName, type MetricSpec } from "./metric-list.ts";

/** Values of a metric's labels. */
export type Labels = Readonly<Record<string, string>>;

/** Takes measurements and writes them out for a collector. */
export interface Metrics {
  /** Adds to a counter. */
  count(metric: MetricName<"counter">, labels?: Labels, by?: number): void;
  /** Brings a counter up to a total that is kept elsewhere; a total never falls. */
  countUpTo(metric: MetricName<"counter">, labels: Labels, total: number): void;
  /** Sets a gauge. */
  set(metric: MetricName<"gauge">, labels: Labels, value: number): void;
  /** Adds to a gauge; a negative number takes away. */
  shift(metric: MetricName<"gauge">, by: number): void;
  /** Adds one value, in the metric's unit, to a histogram. */
  observe(metric: MetricName<"histogram">, labels: Labels, value: number): void;
  /** Has `read` called before each time the metrics are written, to set what is kept elsewhere. */
  beforeWriting(read: () => void | Promise<void>): void;
  /** Returns all metrics in the text format of Prometheus. */
  write(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Makes a set of metrics of its own, those of the Node process among them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = make("counter", (options) => new Counter({ ...options, registers: [registry] }));
  const gauges = make("gauge", (options) => new Gauge({ ...options, registers: [registry] }));
  const histograms = make(
    "histogram",
    (options) => new Histogram({ ...options, registers: [registry] }),
  );
  const totals = new Map<string, number>();
  const readers: (() => void | Promise<void>)[] = [];

  return {
    count: (metric, labels = {}, by = 1) => counters[metric].inc(labels, by),
    countUpTo(metric, labels, total) {
      const key = `${metric} ${JSON.stringify(labels)}`;
      const grown = total - (totals.get(key) ?? 0);
      totals.set(key, total);
      counters[metric].inc(labels, Math.max(0, grown));
    },
    set: (metric, labels, value) => gauges[metric].set(labels, value),
    shift: (metric, by) => gauges[metric].inc(by),
    observe: (metric, labels, value) => histograms[metric].observe(labels, value),
    beforeWriting: (read) => void readers.push(read),
    async write() {
      for (const read of readers) await read();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

interface MakeOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly buckets?: number[];
}

function make<K extends MetricSpec["kind"], M>(
  kind: K,
  create: (options: MakeOptions) => M,
): Readonly<Record<MetricName<K>, M>> {
  const entries = Object.entries<MetricSpec>(METRICS)
    .filter(([, spec]) => spec.kind === kind)
    .map(([key, { name, help, labels, buckets }]) => {
      const options = { name, help, labelNames: [...labels] };
      return [key, create(buckets ? { ...options, buckets: [...buckets] } : options)];
    });
  return Object.fromEntries(entries);
}
