import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ReportData } from "./report-data.ts";

/** The folder of pictures beside the page. */
export const PICTURES = "pictures";

/** Writes `index.html` into a folder: page, style and data in one file that opens without a server. */
export async function writeReport(folder: string, data: ReportData): Promise<string> {
  const [style, script] = await Promise.all(
    ["page.css", "page.js"].map((name) => readFile(new URL(name, import.meta.url), "utf8")),
  );
  // No text of the data may end the script element that holds it.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Faceloom scoreboard</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<script type="application/json" id="data">${json}</script>
<script>${script}</script>
</body>
</html>
`;
  const file = path.join(folder, "index.html");
  await writeFile(file, html);
  return file;
}
