/** The settings that decide how long anything is kept. */
export interface RetentionFacts {
  readonly operator: string | undefined;
  readonly contact: string | undefined;
  /** Longest time of a call. */
  readonly deadlineMs: number;
  /** How long links to results live: those of FuseFaceUltra and those of FuseFace. */
  readonly resultTtlSeconds: number;
  readonly fuseFaceResultTtlSeconds: number;
  /** Time until an expired result is off the disk. */
  readonly sweepSeconds: number;
  /** Undefined where no audit trail is kept. */
  readonly audit:
    | { readonly keepDays: number; readonly clientAddress: "none" | "network" | "full" }
    | undefined;
  /** What an operator's moderation service is sent; undefined without one. */
  readonly moderationService: "picture" | "hash" | undefined;
  /** What the web console remembers of calls: nothing, their figures, or their pictures too. */
  readonly consoleMemory: "none" | "figures" | "pictures";
}

/** What is kept of one kind of data, where and for how long. */
export interface RetentionEntry {
  readonly data: string;
  readonly kept: string;
  /** 0 for what is never written down; undefined where an operator decides. */
  readonly maxSeconds: number | undefined;
}

/** The answer of `GET /v1/retention`: what this server keeps, made from its settings. */
export interface RetentionStatement {
  readonly operator: string | null;
  readonly contact: string | null;
  readonly summary: { readonly en: string; readonly zh: string };
  readonly entries: readonly RetentionEntry[];
  /** Who is sent anything. */
  readonly recipients: readonly string[];
}

const DAY_SECONDS = 86_400;
const ADDRESSES = {
  none: "no address of the caller",
  network: "the caller's network (/24 or /48)",
  full: "the caller's address",
} as const;

/** Says in words and numbers what a server with these settings keeps. */
export function createRetentionStatement(facts: RetentionFacts): RetentionStatement {
  const { sweepSeconds, fuseFaceResultTtlSeconds, resultTtlSeconds } = facts;
  const longestResult = Math.max(resultTtlSeconds, fuseFaceResultTtlSeconds) + sweepSeconds;
  return {
    operator: facts.operator ?? null,
    contact: facts.contact ?? null,
    summary: summaryOf(facts, longestResult),
    entries: [
      {
        data: "Pictures that callers send or name by URL",
        kept: "In memory while the call runs; never written to a disk, a log or a queue",
        maxSeconds: Math.ceil(facts.deadlineMs / 1000),
      },
      {
        data: "Landmarks and other measures of faces",
        kept: "In the memory of the process that fuses, while the call runs; no identity is computed",
        maxSeconds: Math.ceil(facts.deadlineMs / 1000),
      },
      {
        data: "Results answered as base64",
        kept: "In memory until the answer is sent",
        maxSeconds: Math.ceil(facts.deadlineMs / 1000),
      },
      {
        data: "Results answered as a link",
        kept: "On the server's disk until the link ends, then deleted by the next sweep",
        maxSeconds: longestResult,
      },
      {
        data: "Materials: templates that the operator imports",
        kept: "On the server's disk until the operator deletes them",
        maxSeconds: undefined,
      },
      auditEntry(facts.audit),
      ...consoleEntries(facts.consoleMemory),
    ],
    recipients: recipientsOf(facts),
  };
}

function auditEntry(audit: RetentionFacts["audit"]): RetentionEntry {
  if (audit === undefined) return { data: "Audit rows about calls", kept: "None", maxSeconds: 0 };
  return {
    data: "Audit rows about calls",
    kept: `Time, id, account, shortened SecretId, ${ADDRESSES[audit.clientAddress]}, action, sizes, options, outcome; no content, no URL`,
    maxSeconds: audit.keepDays * DAY_SECONDS,
  };
}

/** What is in memory for the console ends with newer calls or with the server; nobody can say when. */
function consoleEntries(memory: RetentionFacts["consoleMemory"]): readonly RetentionEntry[] {
  if (memory === "none") return [];
  const kept =
    "In memory, for the account that made the calls, until newer calls follow or the server stops";
  const figures = {
    data: "Figures of the last calls, for the console: times, sizes, outcome; no content",
  };
  const pictures = {
    data: "Parameters and pictures of the last calls, for the console (for development)",
  };
  return [figures, ...(memory === "pictures" ? [pictures] : [])].map((entry) => {
    return { ...entry, kept, maxSeconds: undefined };
  });
}

function recipientsOf({ moderationService }: RetentionFacts): readonly string[] {
  if (moderationService === undefined) return [];
  const what = moderationService === "picture" ? "pictures and results" : "hashes of pictures";
  return [`The operator's moderation service: ${what}`];
}

/** Comes first, since it takes back what follows. */
const KEPT_FOR_CONSOLE = {
  en: "For development, this server keeps the pictures of the last calls in memory until it stops. Otherwise: ",
  zh: "为便于开发，本服务器将最近调用的图片保留在内存中，直至停止运行。除此之外：",
} as const;

function summaryOf(facts: RetentionFacts, resultSeconds: number): RetentionStatement["summary"] {
  const seconds = Math.ceil(facts.deadlineMs / 1000);
  const hours = Math.round(resultSeconds / 360) / 10;
  const days = facts.audit?.keepDays ?? 0;
  const exception = facts.consoleMemory === "pictures" ? KEPT_FOR_CONSOLE : { en: "", zh: "" };
  return {
    en: `${exception.en}Pictures of people are held in memory for at most ${seconds} seconds. A result that is answered as a link is deleted at most ${hours} hours after it was made. Records without content are kept for ${days} days. No face is recognised and no measure of a face is stored.`,
    zh: `${exception.zh}人像图片仅在内存中保留，最长${seconds}秒。以链接返回的结果最迟在生成后${hours}小时内删除。不含内容的审计记录保留${days}天。不进行人脸识别，不存储任何人脸特征数据。`,
  };
}
