import type { Conversion } from "./conversion.ts";
import type { TfliteOperator } from "./tflite-model.ts";

/** Converts ADD and MUL; a constant side must be a scalar or have the other side's shape, below rank 4. */
export function convertArithmetic(conversion: Conversion, operator: TfliteOperator): void {
  const names = operator.inputs.map((index) => {
    const numbers = conversion.constant(index);
    if (numbers === undefined) return conversion.value(index);
    const shape = conversion.shape(index);
    if (shape.length === 4) throw new RangeError("A rank-4 constant operand is not supported.");
    return conversion.graph.floats(numbers, shape);
  });
  const value = conversion.graph.node(operator.name === "ADD" ? "Add" : "Mul", names);
  const activation = operator.options?.uint8(0) ?? 0;
  conversion.setValue(operator.outputs[0]!, applyFusedActivation(conversion, value, activation));
}

/** Converts RELU. */
export function convertRelu(conversion: Conversion, operator: TfliteOperator): void {
  const value = conversion.graph.node("Relu", [conversion.value(operator.inputs[0]!)]);
  conversion.setValue(operator.outputs[0]!, value);
}

/**
 * Converts PRELU to operators that onnxruntime keeps in its blocked layout; its own PRelu is branchy and
 * leaves that layout. Slopes <= 1: max(x, a x), else a x + (1 - a) relu(x).
 */
export function convertPrelu(conversion: Conversion, operator: TfliteOperator): void {
  const { graph } = conversion;
  const input = conversion.value(operator.inputs[0]!);
  const slopes = conversion.numbers(operator.inputs[1]!);
  const dims = [slopes.length, 1, 1];
  const scaled = graph.node("Mul", [input, graph.floats(slopes, dims)]);
  if (slopes.every((slope) => slope <= 1)) {
    conversion.setValue(operator.outputs[0]!, graph.node("Max", [input, scaled]));
    return;
  }
  const rest = graph.floats(
    slopes.map((slope) => 1 - slope),
    dims,
  );
  const positive = graph.node("Mul", [graph.node("Relu", [input]), rest]);
  conversion.setValue(operator.outputs[0]!, graph.node("Add", [scaled, positive]));
}

/** Adds the activation that TFLite fuses into an operator: 0 none, 1 ReLU (the schema's numbers). */
export function applyFusedActivation(
  conversion: Conversion,
  value: string,
  activation: number,
): string {
  if (activation === 0) return value;
  if (activation === 1) return conversion.graph.node("Relu", [value]);
  throw new RangeError(`Fused activation ${activation} is not supported.`);
}
