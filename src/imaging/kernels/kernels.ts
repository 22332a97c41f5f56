import { LOG_LEVEL_TABLE } from "../log-opponent.ts";
import { CUBIC_WEIGHTS } from "./cubic-weights.ts";
import { KERNEL_MODULE } from "./kernel-module.ts";

/**
 * The hottest pixel loops, compiled from kernels/ (what the arguments mean stands there). Addresses are bytes in {@link memory}.
 * They take numbers one by one because a WebAssembly function can take nothing else.
 */
export interface Kernels {
  readonly memory: KernelMemory;
  addBands(...numbers: [strip: number, pixels: number, gains: number]): void;
  averageRow(
    ...numbers: [
      ...[rows: number, stride: number, rowCount: number, block: number, shift: number],
      ...[count: number, out: number],
    ]
  ): void;
  blendRow(
    ...numbers: [
      ...[source: number, width: number, height: number, y: number, rows: number, out: number],
      ...[negligiblePx: number, perCrossfadePx: number],
    ]
  ): void;
  blurPlane(
    ...numbers: [
      ...[plane: number, width: number, height: number],
      ...[radius: number, passes: number, scratch: number],
    ]
  ): void;
  composeRow(
    ...numbers: [
      ...[rows: number, pitch: number, user: number, mirrored: number, template: number],
      ...[triangles: number, constants: number, width: number, out: number],
    ]
  ): void;
  cropRows(
    ...numbers: [
      ...[source: number, stride: number, sourceWidth: number, sourceHeight: number],
      ...[a: number, b: number, c: number, d: number, tx: number, ty: number],
      ...[width: number, firstRow: number, count: number, low: number, step: number],
      ...[out: number, planeBytes: number],
    ]
  ): void;
  featherRow(
    ...numbers: [
      ...[border: number, hidden: number, alpha: number, width: number],
      ...[height: number, step: number, scale: number],
    ]
  ): void;
  filterGuided(
    ...numbers: [
      ...[plane: number, width: number, height: number, radius: number, epsilon: number],
      ...[planes: number, scratch: number],
    ]
  ): void;
  halveRow(
    ...numbers: [upper: number, lower: number, out: number, width: number, pairStep: number]
  ): void;
  sampleRows(
    ...numbers: [
      ...[triangles: number, chosen: number, samplers: number, firstRow: number, width: number],
      ...[count: number, isRgb: number, out: number],
    ]
  ): void;
  markCovered(...numbers: [triangles: number, count: number, out: number]): void;
  sumBandEnergies(...numbers: [strip: number, pixels: number, out: number]): void;
  transformDistances(
    ...numbers: [
      ...[cells: number, width: number, height: number, pitch: number],
      ...[outside: number, scratch: number],
    ]
  ): void;
  stretchFields(
    ...numbers: [
      ...[upper: number, lower: number, planeBytes: number, count: number, share: number],
      ...[width: number, runs: number, runCount: number, coarse: number],
      ...[rows: number, pitch: number],
    ]
  ): void;
  writeLuma(...numbers: [rgb: number, pixels: number, out: number]): void;
  writeInterior(...numbers: [border: number, count: number, reach: number]): void;
}

/** Addresses that the module exports next to its functions. */
interface Places {
  readonly FREE_FROM: { readonly value: number };
  readonly CUBIC_WEIGHTS: { readonly value: number };
  readonly LOG_LEVELS: { readonly value: number };
}

/** Bytes that grow; growing replaces the buffer. */
interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of WebAssembly's interface that is used here; the types of Node have none of it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

let loaded: (Kernels & Places) | undefined;
/** Compiled once: what the engine learned to run fast stays when the memory is given up. */
let compiled: object | undefined;

/** The kernels of this thread, made at first use; their memory is shared by all calls, one after the other. */
export function loadKernels(): Kernels {
  return loadModule();
}

function loadModule(): Kernels & Places {
  if (loaded) return loaded;
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_MODULE, "base64"));
  // The compiler writes exactly these exports; a test runs each of them.
  const made = new WebAssembly.Instance(compiled).exports as Kernels & Places;
  const { buffer } = made.memory;
  new Int16Array(buffer, made.CUBIC_WEIGHTS.value, CUBIC_WEIGHTS.length).set(CUBIC_WEIGHTS);
  new Float32Array(buffer, made.LOG_LEVELS.value, LOG_LEVEL_TABLE.length).set(LOG_LEVEL_TABLE);
  loaded = made;
  return made;
}

/** Gives the kernels' memory up, which cannot shrink; the next use makes a new one. No block may be in use. */
export function releaseKernels(): void {
  loaded = undefined;
}

const PAGE_BYTES = 65536;
/** A memory cannot shrink: one that has grown beyond this is given up as soon as a smaller one will do. */
const LARGE_BYTES = 64 * 2 ** 20;
/** Kernels load 16 bytes at once and may read that far past a block. */
const GAP_BYTES = 16;

/**
 * Gives out blocks of the kernels' memory, aligned to 16 bytes, and makes it large enough. The blocks hold until the next call
 * of this function: nothing is kept, so a caller reserves everything it needs at once. Contents are undefined, and
 * views on the memory made before are void.
 */
export function reserveBlocks(...sizes: readonly number[]): number[] {
  let end = align(loadModule().FREE_FROM.value);
  const places = sizes.map((size) => {
    const at = end;
    end = align(at + size + GAP_BYTES);
    return at;
  });
  if (end < LARGE_BYTES && loadModule().memory.buffer.byteLength > LARGE_BYTES) loaded = undefined;
  const { memory } = loadModule();
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return places;
}

function align(address: number): number {
  return (address + 15) & ~15;
}
