import type { VNode } from "preact";
import { hrefOf } from "../shell/router.ts";
import type { Block, Inline, Line, Row } from "./markdown.ts";
import { plainText } from "./markdown.ts";

/** Where a document is shown, for its links. */
export interface DocPlace {
  readonly id: string;
  /** Documents that can be linked to. */
  readonly ids: ReadonlySet<string>;
}

interface BlockProps {
  readonly block: Block;
  readonly place: DocPlace;
}

/** Shows a part of a document. Headings and rows carry `data-at`, by which addresses find them. */
export function BlockView({ block, place }: BlockProps) {
  switch (block.kind) {
    case "heading":
      return <Heading block={block} place={place} />;
    case "paragraph":
      return <p>{inlines(block.line, place)}</p>;
    case "code":
      return <CodeView text={block.text} language={block.language} />;
    case "list": {
      const items = block.items.map((item) => (
        <li key={plainText(item)}>{inlines(item, place)}</li>
      ));
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return <TableView head={block.head} rows={block.rows} place={place} />;
  }
}

function Heading({ block, place }: BlockProps & { block: Extract<Block, { kind: "heading" }> }) {
  const words = inlines(block.line, place);
  if (block.level === 1) return <h1>{words}</h1>;
  const Tag = block.level === 2 ? "h2" : "h3";
  return (
    <Tag data-at={block.slug} tabIndex={-1}>
      {words}
    </Tag>
  );
}

function CodeView({ text, language }: { readonly text: string; readonly language: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <pre class="code" tabIndex={0} data-language={language}>
      {text}
    </pre>
  );
}

interface TableProps {
  readonly head: readonly Line[];
  readonly rows: readonly Row[];
  readonly place: DocPlace;
}

function TableView({ head, rows, place }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <div class="docs-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={plainText(cell)} scope="col">
                {inlines(cell, place)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.cells.map(plainText).join("|")} data-at={row.slug} tabIndex={-1}>
              {row.cells.map((cell, i) => (
                <td key={i} data-label={plainText(head[i] ?? [])}>
                  {inlines(cell, place)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inlines(line: Line, place: DocPlace): VNode[] {
  return line.map((part, i) => <InlineView key={i} part={part} place={place} />);
}

function InlineView({ part, place }: { readonly part: Inline; readonly place: DocPlace }) {
  if (part.kind !== "link") return <Word kind={part.kind} text={part.text} />;
  const href = linkOf(part.target, place);
  if (href === undefined) return <>{part.text}</>;
  const isOutside = href.startsWith("http");
  return (
    <a href={href} {...(isOutside ? { target: "_blank", rel: "noreferrer" } : {})}>
      {part.text}
    </a>
  );
}

const TAGS = { code: "code", strong: "strong", em: "em" } as const;

function Word({
  kind,
  text,
}: {
  readonly kind: "text" | keyof typeof TAGS;
  readonly text: string;
}) {
  if (kind === "text") return <>{text}</>;
  const Tag = TAGS[kind];
  return <Tag>{text}</Tag>;
}

/** Returns where a link goes within the console; undefined for files that are not shown here. */
function linkOf(target: string, { id, ids }: DocPlace): string | undefined {
  if (/^https?:\/\//.test(target)) return target;
  const [, file = "", at = ""] =
    /^(?:(?:\.\/|\.\.\/)*(?:zh\/)?([\w-]+)\.md)?(?:#(.*))?$/.exec(target) ?? [];
  const page = file === "" ? id : file;
  if (!ids.has(page) || (file === "" && at === "")) return undefined;
  return hrefOf("/docs", { page, ...(at === "" ? {} : { at: decodeURIComponent(at) }) });
}
