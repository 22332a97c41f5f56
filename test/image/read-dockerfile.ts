/** One stage of a Dockerfile, as far as it matters outside of a container engine. */
export interface Stage {
  /** The image that it starts from. */
  readonly from: string;
  /** Commands for a shell, in order. */
  readonly runs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

/** Reads the stages of a Dockerfile that writes CMD, ENTRYPOINT and HEALTHCHECK as JSON and ENV as NAME=VALUE. */
export function readStages(text: string): Stage[] {
  const lines = text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const starts = lines.flatMap((line, i) => (line.startsWith("FROM ") ? [i] : []));
  return starts.map((start, i) => stageFrom(lines.slice(start, starts[i + 1])));
}

function stageFrom(lines: readonly string[]): Stage {
  const all = (word: string): string[] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const list = (text: string | undefined): string[] =>
    text === undefined ? [] : JSON.parse(text.slice(text.indexOf("[")));
  const pairs = all("ENV").flatMap((line) => line.trim().split(/\s+/));
  return {
    from: all("FROM")[0]!.split(" ")[0]!,
    runs: all("RUN"),
    env: Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    ),
    user: all("USER")[0],
    entrypoint: list(all("ENTRYPOINT")[0]),
    command: list(all("CMD")[0]),
    healthcheck: list(all("HEALTHCHECK")[0]),
  };
}

/** The paths that a .dockerignore of `*` and exceptions lets in. */
export function admittedPaths(text: string): string[] {
  return text.split("\n").flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
}
