/** The part of JSON Schema that our parameters need. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** An action as the server describes it. */
export interface DescribedAction {
  readonly name: string;
  readonly version: string;
  readonly schema: Schema;
}

interface WireAction {
  readonly Name: string;
  readonly Version: string;
  readonly Schema: Schema;
}

/** Reads the answer of DescribeConsole. */
export function readActions(response: Readonly<Record<string, unknown>>): DescribedAction[] {
  const actions = (response.Actions ?? []) as readonly WireAction[];
  return actions.map(({ Name, Version, Schema }) => ({
    name: Name,
    version: Version,
    schema: Schema,
  }));
}
