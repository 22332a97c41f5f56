import { z } from "zod";
import type { Action } from "../actions/action.ts";
import { requiredPictureSource } from "../actions/picture-source.ts";
import { AppError } from "../base/app-error.ts";
import type { FusionRunner } from "../jobs/run-fusion.ts";
import type { AnswerValue } from "../protocol/envelope.ts";
import type { RecentCall, RecentCalls } from "./recent-calls.ts";

/** What the console's own actions work with. */
export interface ConsoleActionParts {
  /** The API's actions, whose forms the page draws. */
  readonly actions: readonly Action[];
  readonly runner: Pick<FusionRunner, "detect">;
  readonly calls: RecentCalls;
  /** What the page should know of the settings. */
  readonly facts: Readonly<Record<string, AnswerValue>>;
}

/** The version under which the console's own actions are signed. */
const CONSOLE_VERSION = "console";

/** An account that may fuse may use the console, each action as often as it may fuse; looking costs nothing. */
const COMMON = { version: CONSOLE_VERSION, isFree: true, measuredAs: "FuseFaceUltra" } as const;

/** Makes the actions that only the console calls, under `/console/api/`. */
export function createConsoleActions(parts: ConsoleActionParts): readonly Action[] {
  return [describeConsole(parts), detectFaces(parts), describeCalls(parts), describeCall(parts)];
}

/** The action of the stream of events: `onCaller` learns whose it is. */
export function createFollowAction(onCaller: (accountId: string) => void): Action {
  return {
    ...COMMON,
    name: "FollowCalls",
    parameters: z.strictObject({}),
    async run(_, { accountId }) {
      onCaller(accountId);
      return { members: {}, facts: {} };
    },
  };
}

function describeConsole({ actions, facts }: ConsoleActionParts): Action {
  const described = actions.map(({ name, version, isFree = false, parameters }) => ({
    Name: name,
    Version: version,
    IsFree: isFree,
    Schema: z.toJSONSchema(parameters) as unknown as AnswerValue,
  }));
  return {
    ...COMMON,
    name: "DescribeConsole",
    parameters: z.strictObject({}),
    run: async () => ({ members: { Actions: described, ...facts }, facts: {} }),
  };
}

const PICTURE = z.strictObject({ Image: z.string().optional(), Url: z.string().optional() });

function detectFaces({ runner }: ConsoleActionParts): Action<typeof PICTURE> {
  return {
    ...COMMON,
    name: "DetectFaces",
    parameters: PICTURE,
    async run({ Image, Url }, { signal, accountId }) {
      const picture = requiredPictureSource({ url: Url, base64: Image });
      const found = await runner.detect({ picture, accountId }, signal);
      const { width, height, faces, rejected } = found;
      const boxOf = ({ box }: { readonly box: (typeof faces)[number]["box"] }) => ({
        ...{ X: box.x, Y: box.y, Width: box.width, Height: box.height },
      });
      return {
        members: {
          Width: width,
          Height: height,
          Faces: faces.map((face) => ({
            Box: boxOf(face),
            RollDeg: face.rollDeg,
            Score: face.score01,
          })),
          Rejected: rejected.map((place) => ({ Box: boxOf(place), Why: place.why })),
        },
        facts: { width, height, faces: faces.length },
      };
    },
  };
}

function describeCalls({ calls }: ConsoleActionParts): Action {
  return {
    ...COMMON,
    name: "DescribeCalls",
    parameters: z.strictObject({}),
    run: async (_, { accountId }) => ({
      members: { Calls: calls.list(accountId).map(callAnswer) },
      facts: {},
    }),
  };
}

const REQUEST_ID = z.strictObject({ RequestId: z.string() });

function describeCall({ calls }: ConsoleActionParts): Action<typeof REQUEST_ID> {
  return {
    ...COMMON,
    name: "DescribeCallParameters",
    parameters: REQUEST_ID,
    async run({ RequestId }, { accountId }) {
      const parameters = calls.parametersOf(accountId, RequestId);
      if (parameters !== undefined) return { members: { Parameters: parameters }, facts: {} };
      throw new AppError("field-value-invalid", "The call's parameters are not kept.");
    },
  };
}

/** Words of the log that a page may show; names and addresses of clients are not among them. */
const SHOWN = [
  ...["action", "version", "family", "client", "secretId", "reason"],
  ...["sourceBytes", "faces", "modelType", "delivery", "width", "height", "format"],
  ...["queueMs", "stepMs"],
] as const;

/** Writes a call for the page. */
export function callAnswer(call: RecentCall): AnswerValue {
  const { requestId, atMs, durationMs, resultBytes, code, facts } = call;
  const shown = SHOWN.filter((name) => facts[name] !== undefined).map((name) => [
    name,
    facts[name] as AnswerValue,
  ]);
  return {
    ...{ requestId, atMs, durationMs, resultBytes },
    ...(code === undefined ? {} : { code }),
    ...Object.fromEntries(shown),
  };
}
