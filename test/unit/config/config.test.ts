import assert from "node:assert/strict";
import test from "node:test";
import { isAppError } from "../../../src/base/app-error.ts";
import { loadConfig } from "../../../src/config/config.ts";
import type { Environment } from "../../../src/config/environment.ts";
import { SETTINGS } from "../../../src/config/settings.ts";

function faultsOf(environment: Environment): string {
  try {
    loadConfig(environment);
  } catch (error) {
    assert.ok(isAppError(error));
    assert.equal(error.reason, "configuration-invalid");
    return error.message;
  }
  return "";
}

test("an empty environment gives the documented defaults", () => {
  const config = loadConfig({});
  assert.equal(config.http.host, "127.0.0.1");
  assert.equal(config.http.port, undefined);
  assert.equal(config.dataDir, "./data");
  assert.equal(config.protocol.requiresRegion, true);
  assert.deepEqual(config.download.allowCidrs, []);
});

test("an empty variable means the default", () => {
  assert.equal(loadConfig({ FACELOOM_HTTP_HOST: "" }).http.host, "127.0.0.1");
});

test("values are read by their type", () => {
  const config = loadConfig({
    FACELOOM_HTTP_PORT: "0",
    FACELOOM_REQUIRE_REGION: "false",
    FACELOOM_DOWNLOAD_ALLOW_CIDRS: "127.0.0.1/32, ::1/128",
    FACELOOM_DEFAULTS_EDITION: "2024-11",
  });
  assert.equal(config.http.port, 0);
  assert.equal(config.protocol.requiresRegion, false);
  assert.deepEqual(config.download.allowCidrs, ["127.0.0.1/32", "::1/128"]);
  assert.equal(config.actions.defaultsEdition, "2024-11");
});

test("all faults are told at once, each with what was given and what is allowed", () => {
  const message = faultsOf({
    FACELOOM_HTTP_PORT: "80a",
    FACELOOM_LOG_LEVEL: "loud",
    FACELOOM_RATE_PER_SECOND: "-1",
  });
  assert.match(message, /FACELOOM_HTTP_PORT must be a whole number from 0 to 65535; it is "80a"/);
  assert.match(message, /FACELOOM_LOG_LEVEL must be one of silent, error.*; it is "loud"/);
  assert.match(message, /FACELOOM_RATE_PER_SECOND/);
});

test("an unknown name of ours is a fault that names the nearest one", () => {
  assert.match(
    faultsOf({ FACELOOM_HTTP_PROT: "1" }),
    /FACELOOM_HTTP_PROT is not a setting; did you mean FACELOOM_HTTP_PORT\?/,
  );
});

test("half a key pair is a fault", () => {
  const message = faultsOf({ FACELOOM_BOOTSTRAP_SECRET_ID: "AKIDsomething" });
  assert.match(message, /belong together/);
});

test("a certificate without its key is a fault", () => {
  const message = faultsOf({ FACELOOM_C2PA_CERTIFICATE: "c.pem" });
  assert.match(message, /FACELOOM_C2PA_CERTIFICATE and FACELOOM_C2PA_KEY belong together/);
});

test("a wrong secret is not repeated", () => {
  const message = faultsOf({
    FACELOOM_BOOTSTRAP_SECRET_ID: "AKIDsomething",
    FACELOOM_BOOTSTRAP_SECRET_KEY: "hunter2",
  });
  assert.match(message, /FACELOOM_BOOTSTRAP_SECRET_KEY/);
  assert.doesNotMatch(message, /hunter2/);
});

test("no two settings share a variable, and each has our prefix or is OpenTelemetry's own", () => {
  const names = Object.values(SETTINGS).flatMap((settings) =>
    Object.values(settings).map((one) => one.env),
  );
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    names.filter((name) => !/^(FACELOOM|OTEL)_/.test(name)),
    [],
  );
});
