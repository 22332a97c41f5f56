// Goes through deploy/docker/Dockerfile without a container engine: npm run test:image
// The first stage's steps run in a plain folder with the files that the build would see. Then the server starts with
// the image's environment as a user who may write to its data folder only (as root: nobody), is asked by the image's
// health check, and is stopped. What base image, packages of Debian and volumes add is not tried.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { admittedPaths, readStages, type Stage } from "./read-dockerfile.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const DOCKER = path.join(ROOT, "deploy/docker");
const NOBODY = 65534;
/** `start-period` of the health check. */
const READY_LIMIT_MS = 60_000;

const folder = await mkdtemp(path.join(tmpdir(), "faceloom-image-"));
try {
  const app = path.join(folder, "app");
  const data = path.join(folder, "data");
  const [build, image] = readStages(await readFile(path.join(DOCKER, "Dockerfile"), "utf8"));
  await copyContext(app);
  runSteps(build!, app);
  await mkdir(data, { mode: 0o700 });
  await giveToUser(data);
  await runImage(image!, { app, data });
  console.log(
    "The image's steps work. Not tried: the base image, apt-get, the volume, a read-only root.",
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function copyContext(app: string): Promise<void> {
  for (const name of admittedPaths(
    await readFile(path.join(DOCKER, "Dockerfile.dockerignore"), "utf8"),
  )) {
    await cp(path.join(ROOT, name), path.join(app, name), {
      recursive: true,
      filter: (file) => path.relative(ROOT, file) !== path.join("console", "dist"),
    });
  }
}

function runSteps({ runs, env }: Stage, app: string): void {
  for (const command of runs) {
    console.log(`RUN ${command}`);
    execFileSync("/bin/sh", ["-c", inFolder(command, { app, data: "" })], {
      cwd: app,
      env: { ...usual(), ...env },
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
}

/** Absolute paths of the image as they are here. */
function inFolder(
  text: string,
  { app, data }: { readonly app: string; readonly data: string },
): string {
  return text
    .replaceAll(/(?<=^|[\s=])\/app(?=\/|$|\s)/g, app)
    .replaceAll(/(?<=^|[\s=])\/data(?=\/|$|\s)/g, data);
}

/** The variables that a shell needs; npm finds the Node of this checkout, which is the image's. */
function usual(): Record<string, string> {
  return {
    PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
    HOME: process.env.HOME ?? "/",
    ...(process.env.npm_config_registry && {
      npm_config_registry: process.env.npm_config_registry,
    }),
  };
}

async function giveToUser(data: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await chown(data, NOBODY, NOBODY);
  await chmod(folder, 0o755);
}

async function runImage(
  { env, entrypoint, command, healthcheck }: Stage,
  places: { readonly app: string; readonly data: string },
): Promise<void> {
  const own = Object.entries(env)
    // The allocator comes with Debian's package.
    .filter(([name]) => name !== "LD_PRELOAD")
    .map(([name, value]) => [name, /_PORT$/.test(name) ? "0" : inFolder(value, places)]);
  const options = {
    cwd: places.app,
    env: { PATH: usual().PATH!, HOME: "/nonexistent", ...Object.fromEntries(own) },
    ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
  };
  const [program, ...parts] = [...entrypoint, ...command];
  const server = spawn(program!, parts, { ...options, stdio: ["ignore", "inherit", "inherit"] });
  const gone = once(server, "exit");
  try {
    await untilHealthy(healthcheck, options, server);
    console.log("Healthy. In the data folder:", (await readdir(places.data)).sort().join(" "));
  } finally {
    server.kill("SIGTERM");
  }
  const [code] = await gone;
  if (code !== 0) throw new Error(`The server ended with ${code}.`);
}

async function untilHealthy(
  [program, ...parts]: readonly string[],
  options: Parameters<typeof spawnSync>[2],
  server: ReturnType<typeof spawn>,
): Promise<void> {
  const startedMs = performance.now();
  while (spawnSync(program!, parts, options).status !== 0) {
    if (server.exitCode !== null) throw new Error("The server ended.");
    if (performance.now() - startedMs > READY_LIMIT_MS) throw new Error("It did not get healthy.");
    await sleep(500);
  }
}
