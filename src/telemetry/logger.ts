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

/** A logger whose level can be changed while it runs. */
export interface AdjustableLogger extends Logger {
  setLevel(level: string): void;
}

/** Members that are blanked wherever a caller puts them by mistake. */
const SECRET_MEMBERS = ["secretKey", "authorization", "signature", "token", "base64", "url"];

/** Makes a logger of one JSON object a line, with times in ISO form and level names. */
export function createLogger(level: string, sink: { write(line: string): void }): AdjustableLogger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    messageKey: "message",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: serializeError },
    redact: { paths: SECRET_MEMBERS.flatMap((name) => [name, `*.${name}`]), censor: "[hidden]" },
  };
  const logger = pino(options, sink);
  return Object.assign(logger, {
    setLevel(next: string) {
      logger.level = next;
    },
  });
}

/** Errors are logged with their stacks and causes; only what callers are told leaves them out. */
function serializeError(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.errWithCause(error) : String(error);
}

/** Shortens a SecretId to what tells two apart in a log without giving it away. */
export function maskedId(secretId: string): string {
  return `${secretId.slice(0, 8)}...`;
}
