import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { parse } from "yaml";
import { isAppError } from "../../../src/base/app-error.ts";
import { readConfig } from "../../../src/config/config.ts";
import { createLiveConfig } from "../../../src/config/live-config.ts";
import type { ConfigSources } from "../../../src/config/sources.ts";
import { writeEffective, writeExample } from "../../../src/config/write-settings.ts";
import { ROOT } from "../../support/source-modules.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

const SECRET = "dGhpcyBpcyBhIHNlY3JldA4x9";

/** Writes a file into a folder of the test's own and reads the configuration with it. */
async function openFile(content: string, name = "faceloom.yaml") {
  const folder = await createTemporaryFolder();
  const file = path.join(folder.path, name);
  await writeFile(file, content);
  return {
    file,
    write: (next: string) => writeFile(file, next),
    read: (more: Partial<ConfigSources> = {}) => readConfig({ environment: {}, file, ...more }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

function faultsOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    assert.ok(isAppError(error));
    assert.equal(error.reason, "configuration-invalid");
    return error.message;
  }
  return assert.fail("there was no fault");
}

test("a file sets numbers, switches, words and lists; the rest keeps its default", async () => {
  await using yaml = await openFile(`
http: { port: 8081 }
protocol:
  requiresRegion: false
download:
  allowCidrs: [10.1.2.3/32, "::1/128"]
telemetry: { logLevel: warn }
jobs:
`);
  const { config } = yaml.read();
  assert.equal(config.http.port, 8081);
  assert.equal(config.http.host, "127.0.0.1");
  assert.equal(config.protocol.requiresRegion, false);
  assert.deepEqual(config.download.allowCidrs, ["10.1.2.3/32", "::1/128"]);
  assert.equal(config.telemetry.logLevel, "warn");
});

test("JSON is read as well, and FACELOOM_CONFIG names the file", async () => {
  await using json = await openFile('{"http": {"port": 8082}}', "faceloom.json");
  const { config } = readConfig({ environment: { FACELOOM_CONFIG: json.file } });
  assert.equal(config.http.port, 8082);
});

test("the environment wins over the file, --set over both, and each value knows where it stands", async () => {
  await using yaml = await openFile("http: { port: 1, host: 10.0.0.1 }\njobs: { maxInFlight: 5 }");
  const { config, settings } = yaml.read({
    environment: { FACELOOM_HTTP_PORT: "2", FACELOOM_HTTP_HOST: "10.0.0.2" },
    sets: ["http.port=3"],
  });
  assert.deepEqual(
    [config.http.port, config.http.host, config.jobs.maxInFlight],
    [3, "10.0.0.2", 5],
  );
  const originOf = (name: string) => settings.find((one) => one.name === name)?.origin;
  assert.equal(originOf("http.port"), "--set");
  assert.equal(originOf("http.host"), "FACELOOM_HTTP_HOST");
  assert.equal(originOf("jobs.maxInFlight"), yaml.file);
  assert.equal(originOf("jobs.deadlineMs"), undefined);
});

test("all faults of all sources are told at once", async () => {
  await using yaml = await openFile(`
http: { port: many, prot: 1 }
acounts: { ratePerSecond: 1 }
accounts: { bootstrapSecretKey: ${SECRET} }
jobs: { deadlineMs: { a: 1 } }
`);
  const message = faultsOf(() =>
    yaml.read({
      environment: { FACELOOM_HTTP_HOTS: "x", FACELOOM_LOG_LEVEL: "loud" },
      sets: ["http.hots=1", "admin.token=abc", "nonsense"],
    }),
  );
  const expected = [
    /http\.port \(.*faceloom\.yaml\) must be a whole number from 0 to 65535; it is "many"\./,
    /http\.prot is not a setting; did you mean http\.port\?/,
    /acounts\.ratePerSecond is not a setting; did you mean accounts\.ratePerSecond\?/,
    /accounts\.bootstrapSecretKey is a secret: set FACELOOM_BOOTSTRAP_SECRET_KEY or FACELOOM_BOOTSTRAP_SECRET_KEY_FILE/,
    /jobs\.deadlineMs must be a single value or a list/,
    /FACELOOM_HTTP_HOTS is not a setting; did you mean FACELOOM_HTTP_HOST\?/,
    /FACELOOM_LOG_LEVEL must be one of .*; it is "loud"/,
    /--set http\.hots is not a setting; did you mean http\.host\?/,
    /--set admin\.token is a secret/,
    /--set nonsense: it must be NAME=VALUE/,
  ];
  for (const pattern of expected) assert.match(message, pattern);
  assert.doesNotMatch(message, new RegExp(SECRET));
});

test("a file that is missing, is no YAML, repeats a name or is no mapping is one fault with its name", async () => {
  assert.match(
    faultsOf(() => readConfig({ environment: {}, file: "/nonexistent.yaml" })),
    /\/nonexistent\.yaml cannot be read: ENOENT/,
  );
  for (const content of ["http: [", "http: {}\nhttp: {}"]) {
    await using yaml = await openFile(content);
    assert.match(faultsOf(yaml.read), /faceloom\.yaml cannot be read: .*at line \d/);
  }
  await using list = await openFile("- 1");
  assert.match(faultsOf(list.read), /must consist of sections/);
});

test("a secret comes from a file that a variable names, without the line break of an editor", async () => {
  await using secret = await openFile(`${SECRET}\n`, "key");
  const environment = {
    FACELOOM_BOOTSTRAP_SECRET_ID: "AKIDsomething",
    FACELOOM_BOOTSTRAP_SECRET_KEY_FILE: secret.file,
  };
  const { config } = readConfig({ environment });
  assert.equal(config.accounts.bootstrapSecretKey, SECRET);
  const both = { ...environment, FACELOOM_BOOTSTRAP_SECRET_KEY: SECRET };
  assert.match(
    faultsOf(() => readConfig({ environment: both })),
    /exclude each other/,
  );
  const missing = { ...environment, FACELOOM_BOOTSTRAP_SECRET_KEY_FILE: "/nonexistent" };
  assert.match(
    faultsOf(() => readConfig({ environment: missing })),
    /cannot be read \(ENOENT\)/,
  );
});

test("secrets that are short, typed or printed in documents are refused", () => {
  const known = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
  for (const key of ["short1A!", "aaaaaaaaaaaaaaaaaaaa", "changeme-changeme-now", known]) {
    const environment = {
      FACELOOM_BOOTSTRAP_SECRET_ID: "AKIDsomething",
      FACELOOM_BOOTSTRAP_SECRET_KEY: key,
    };
    const message = faultsOf(() => readConfig({ environment }));
    assert.match(message, /FACELOOM_BOOTSTRAP_SECRET_KEY must be/);
    assert.ok(!message.includes(key));
  }
});

test("the printed configuration has every setting with its origin and no secret, and is a file again", async () => {
  const environment = {
    FACELOOM_BOOTSTRAP_SECRET_ID: "AKIDsomething",
    FACELOOM_BOOTSTRAP_SECRET_KEY: SECRET,
    FACELOOM_DOWNLOAD_ALLOW_CIDRS: "10.1.2.3/32,10.1.2.4/32",
  };
  const { config, settings } = readConfig({ environment });
  const printed = writeEffective(settings);
  assert.doesNotMatch(printed, new RegExp(SECRET));
  assert.match(printed, /^ {2}bootstrapSecretKey: "\[hidden\]" # FACELOOM_BOOTSTRAP_SECRET_KEY$/m);
  assert.match(printed, /^ {2}host: 127\.0\.0\.1 # default$/m);
  await using again = await openFile(printed.replace(/^ {2}\w+: "\[hidden\]".*$/gm, ""));
  const { FACELOOM_DOWNLOAD_ALLOW_CIDRS: _, ...secrets } = environment;
  assert.deepEqual(again.read({ environment: secrets }).config, config);
});

test("config/example.yaml is what the settings make it", () => {
  assert.equal(readFileSync(path.join(ROOT, "config/example.yaml"), "utf8"), writeExample());
});

test("config/example.yaml sets nothing, and with its marks removed the defaults", async () => {
  const example = writeExample();
  const sections: Record<string, unknown> = parse(example);
  assert.ok(Object.values(sections).every((section) => section === null));
  const unmarked = example.replace(/^ {2}# (\w+: (?!#).*)$/gm, "  $1");
  assert.ok(unmarked.includes("\n  host: 127.0.0.1\n"));
  await using yaml = await openFile(unmarked);
  assert.deepEqual(yaml.read().config, readConfig({ environment: {} }).config);
});

test("a running configuration takes live settings over wherever they were handed to, and names the others", async () => {
  await using yaml = await openFile("jobs: { maxInFlight: 5 }\nhttp: { port: 1 }");
  const live = createLiveConfig(yaml.read());
  const { jobs, http } = live.config;
  await yaml.write("jobs: { maxInFlight: 6 }\nhttp: { port: 2 }\ntelemetry: { logLevel: warn }");
  assert.deepEqual(live.take(yaml.read()), {
    changed: ["jobs.maxInFlight", "telemetry.logLevel"],
    needsRestart: ["http.port"],
  });
  assert.deepEqual([jobs.maxInFlight, http.port, live.config.telemetry.logLevel], [6, 1, "warn"]);
  assert.deepEqual(live.config.download, yaml.read().config.download);
  assert.deepEqual(live.take(yaml.read()).changed, []);
});
