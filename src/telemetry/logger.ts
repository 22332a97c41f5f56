import pino from "pino";

/** Facts of a log line. Pictures, keys, signatures and URL queries never belong here. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes log lines: the message is a short fixed sentence, all that varies is in the fields. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Where a logger writes, for tests; by default stderr. */
interface LogSink {
  write(line: string): void;
}

/** Members that are blanked wherever a caller puts them by mistake. */
const SECRET_MEMBERS = ["secretKey", "authorization", "signature", "token", "base64", "url"];

/** Makes a logger of one JSON object a line on stderr, with times in ISO form and level names. */
export function createLogger(level: string, sink?: LogSink): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    messageKey: "message",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: serializeError },
    redact: { paths: SECRET_MEMBERS.flatMap((name) => [name, `*.${name}`]), censor: "[hidden]" },
  };
  return pino(options, sink ?? pino.destination({ fd: 2, sync: true }));
}

/** Errors are logged with their stacks and causes; only what callers are told leaves them out. */
function serializeError(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.errWithCause(error) : String(error);
}

/** Shortens a SecretId to what tells two apart in a log without giving it away. */
export function maskedId(secretId: string): string {
  return `${secretId.slice(0, 8)}...`;
}
