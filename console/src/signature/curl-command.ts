/** A request as lines, the way a person would paste it. */
interface CommandParts {
  method: string | undefined;
  url: string;
  readonly headers: string[];
  readonly data: string[];
}

/** Options with a value that say nothing about the request itself. */
const OTHER_WITH_VALUE =
  /^(?:-[omAeuxT]|--(?:output|max-time|connect-timeout|user-agent|proxy|cacert|resolve))$/;

/** Tells whether a pasted text is a curl command. */
export function isCurlCommand(text: string): boolean {
  return /^\s*(?:\$\s+)?curl\s/.test(text);
}

/**
 * Turns a curl command, as documents and browsers' tools write it, into the request that it sends: method, headers and
 * body. Files (`@request.json`) are not here to be read; their names stay in the place of the body.
 */
export function requestOfCurl(command: string): string {
  const words = shellWords(command.replace(/^\s*(?:\$\s+)?curl\s/, ""));
  const parts: CommandParts = { method: undefined, url: "", headers: [], data: [] };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const value = words[at + 1] ?? "";
    if (take(parts, word, value) || OTHER_WITH_VALUE.test(word)) at++;
    else if (!word.startsWith("-")) parts.url = word;
  }
  return requestText(parts);
}

/** Takes an option with its value; false for everything else. */
function take(parts: CommandParts, option: string, value: string): boolean {
  if (/^(?:-X|--request)$/.test(option)) parts.method = value;
  else if (/^(?:-H|--header)$/.test(option)) parts.headers.push(value);
  else if (/^(?:-d|--data(?:-raw|-binary|-ascii)?)$/.test(option)) parts.data.push(value);
  else if (option === "--url") parts.url = value;
  else return false;
  return true;
}

function requestText({ method, url, headers, data }: CommandParts): string {
  const [, host = "", target = "/"] = /^(?:https?:\/\/)?([^/?#]*)(.*)$/i.exec(url) ?? [];
  const has = (name: string): boolean =>
    headers.some((line) => line.toLowerCase().startsWith(`${name}:`));
  const body = data.join("&");
  const usual = [
    ...(has("host") ? [] : [`Host: ${host}`]),
    ...(data.length === 0 || has("content-type")
      ? []
      : ["Content-Type: application/x-www-form-urlencoded"]),
  ];
  const verb = method ?? (data.length === 0 ? "GET" : "POST");
  const path = target.startsWith("/") ? target : `/${target}`;
  return [`${verb} ${path} HTTP/1.1`, ...usual, ...headers, "", body].join("\n");
}

const WORD = /(?:'[^']*'|\$'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+/g;
const PART = /'([^']*)'|\$'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^'"\\$]+|\$)/g;

/** Splits a command as a shell does, without variables and commands in it. */
function shellWords(text: string): string[] {
  const joined = text.replaceAll(/\\\r?\n/g, " ");
  return [...joined.matchAll(WORD)].map(([word]) =>
    word.replace(PART, (_, single, ansi, double, escaped, plain) => {
      if (double !== undefined) return double.replace(/\\(["\\$`])/g, "$1");
      if (ansi !== undefined) return ansi.replace(/\\(['"\\])/g, "$1").replaceAll("\\n", "\n");
      return single ?? escaped ?? plain ?? "";
    }),
  );
}
