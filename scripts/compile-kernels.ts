import { readdirSync } from "node:fs";
import path from "node:path";
import asc from "assemblyscript/asc";

const ROOT = path.join(import.meta.dirname, "..");

/** Where the compiled kernels are kept. */
export const KERNEL_MODULE_FILE = path.join(ROOT, "src/imaging/kernels/kernel-module.ts");

/** Compiles all of kernels/ and returns the text of {@link KERNEL_MODULE_FILE}; the same sources give the same text. */
export async function compileKernels(): Promise<string> {
  const sources = readdirSync(path.join(ROOT, "kernels"))
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => `kernels/${name}`);
  let module: Uint8Array = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      ...sources,
      ...["--outFile", "kernels.wasm", "--baseDir", ROOT],
      ...["-O3", "--noAssert", "--runtime", "stub", "--use", "abort="],
      ...["--enable", "simd"],
    ],
    {
      writeFile: (_name: string, contents: string | Uint8Array) => {
        module = Buffer.from(contents);
      },
    },
  );
  if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`, { cause: error });
  return `/**
 * The kernels of kernels/ as a WebAssembly module, base64. Written by scripts/build-kernels.ts.
 */
export const KERNEL_MODULE =
  "${Buffer.from(module).toString("base64")}";
`;
}
