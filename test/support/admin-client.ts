/** A client of the operator's API that keeps its cookie as a browser does. */
export interface AdminClient {
  /** Sends a request; a body goes as JSON. Extra headers win over the client's own. */
  send(
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<AdminAnswer>;
}

/** What came back. */
export interface AdminAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text of another type. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly body: any;
}

/** Makes a client that sends the given headers with every request. */
export function createAdminClient(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): AdminClient {
  return {
    async send(method, path, options = {}) {
      const response = await fetch(`${address}${path}`, {
        method,
        headers: {
          ...headers,
          ...(options.body === undefined ? {} : { "content-type": "application/json" }),
          ...options.headers,
        },
        body: options.body === undefined ? null : JSON.stringify(options.body),
        redirect: "manual",
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
      return {
        status: response.status,
        headers: response.headers,
        body: isJson ? JSON.parse(text) : text,
      };
    },
  };
}
