import assert from "node:assert/strict";
import test from "node:test";
import { GraphBuilder } from "../../../../src/models/onnx/graph-builder.ts";
import { runOnnx } from "../../../support/run-onnx.ts";

function makeGraph(): GraphBuilder {
  const graph = new GraphBuilder("test");
  const input = graph.input("in", [1, "count"]);
  const scaled = graph.node("Mul", [input, graph.floats([3], [1])]);
  const clipped = graph.node("LeakyRelu", [scaled], { alpha: { float: 0.5 } });
  const turned = graph.node("Transpose", [clipped], { perm: { ints: [1, 0] } });
  graph.output("out", turned, ["count", 1]);
  return graph;
}

test("builds a model that the runtime computes, with free dimensions and all attribute kinds", async () => {
  const input = { data: Float32Array.from([1, -2, 4]), dims: [1, 3] };
  const { out } = await runOnnx(makeGraph().toModel(), { in: input });
  assert.deepEqual([...out!.data], [3, -3, 12]);
  assert.deepEqual(out!.dims, [3, 1]);
});

test("writes the same bytes every time", () => {
  assert.deepEqual(makeGraph().toModel(), makeGraph().toModel());
});

test("keeps equal integer lists once", () => {
  const graph = new GraphBuilder("test");
  assert.equal(graph.integers([1, -1]), graph.integers([1, -1]));
  assert.notEqual(graph.integers([1, -1]), graph.integers([1, 1]));
});
