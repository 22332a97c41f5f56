import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { renderDashboard } from "../../../scripts/render-dashboard.ts";
import { renderMetrics } from "../../../scripts/render-metrics.ts";
import { METRICS } from "../../../src/telemetry/metric-list.ts";
import { ROOT } from "../../support/source-modules.ts";

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

const hasPromtool = spawnSync("promtool", ["--version"]).error === undefined;
const withoutPromtool = hasPromtool ? false : "promtool (Debian's prometheus) is not installed";

test("docs/metrics.md is what the list of metrics makes it", () => {
  assert.equal(read("docs/metrics.md"), renderMetrics());
});

test("monitoring/dashboard.json is what its script makes it", () => {
  assert.equal(read("monitoring/dashboard.json"), renderDashboard());
});

for (const file of ["monitoring/alerts.yaml", "monitoring/dashboard.json"]) {
  test(`${file} asks for metrics that exist, by labels that they have`, () => {
    const known = new Map(Object.values(METRICS).map((spec) => [spec.name as string, spec]));
    const text = read(file).replaceAll('\\"', '"');
    const used = [...text.matchAll(/\b(faceloom_\w+?)(_bucket|_count|_sum)?(?:\{([^}]*)\}|\b)/g)];
    assert.ok(used.length > 5);
    for (const [whole, name, part = "", selector = ""] of used) {
      const spec = known.get(name!) ?? known.get(`${name}${part}`);
      assert.ok(spec, `${whole} is no metric`);
      const labels = [...selector.matchAll(/(\w+)(?:=~|!~|!=|=)/g)].map(([, label]) => label!);
      const allowed: readonly string[] = [...spec.labels, "instance", "job", "le"];
      assert.deepEqual(
        labels.filter((label) => !allowed.includes(label)),
        [],
        whole,
      );
    }
  });
}

test("promtool takes the alert rules", { skip: withoutPromtool }, () => {
  const { status, stdout, stderr } = promtool("check", "rules", "monitoring/alerts.yaml");
  assert.equal(status, 0, stdout + stderr);
});

test("the alert rules go off for the series they are meant for, and for no other", {
  skip: withoutPromtool,
}, () => {
  const { status, stdout, stderr } = promtool("test", "rules", "monitoring/alerts.test.yaml");
  assert.equal(status, 0, stdout + stderr);
});

function promtool(...args: string[]) {
  return spawnSync("promtool", args, { cwd: ROOT, encoding: "utf8" });
}
