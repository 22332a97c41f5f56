// The server as `faceloom serve` runs it, with the engine of test/support/scripted-engine.ts in its workers.
import { runServer } from "../../src/cli/commands/serve.ts";

const engineModule = new URL("../support/scripted-engine.ts", import.meta.url);
process.exitCode = await runServer({ engineModule });
