// Writes src/imaging/kernels/kernel-module.ts, so that nothing is compiled where Faceloom is installed or started.
// Run it after a change in kernels/: node scripts/build-kernels.ts
import { writeFileSync } from "node:fs";
import { compileKernels, KERNEL_MODULE_FILE } from "./compile-kernels.ts";

writeFileSync(KERNEL_MODULE_FILE, await compileKernels());
