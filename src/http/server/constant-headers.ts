import { ServerResponse, type IncomingMessage } from 'node:http';

/** What Node calls, inside of its HTTP server, to write the headers of a response. */
interface HeaderWriter {
  /**
   * @param start the status line
   * @param headers the headers of the response by their names in lower case, unless there are none
   */
  readonly _storeHeader: (this: ServerResponse, start: string, headers: object | null | undefined) => void;
}

/**
 * Returns a class of responses for Node's HTTP server that all have the given headers. A response that has a header of
 * the same name keeps its own. The headers are written as one text, because to set, check and write each of them takes
 * longer than to write the rest of a small response.
 * @param constant the headers by their names in lower case
 */
export function responsesWith(constant: Readonly<Record<string, string>>): typeof ServerResponse {
  const lines = new Map(Object.entries(constant).map(([name, value]) => [name, `${name}: ${value}\r\n`]));
  const all = [...lines.values()].join('');
  // The types of Node do not declare this method.
  const { _storeHeader: storeHeader } = ServerResponse.prototype as unknown as HeaderWriter;

  class ResponseWithHeaders<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
    _storeHeader(start: string, headers: object | null | undefined): void {
      storeHeader.call(this, start + linesBeside(headers ?? {}), headers);
    }
  }

  function linesBeside(own: object): string {
    let replaced: Set<string> | undefined;
    for (const name in own) if (lines.has(name)) (replaced ??= new Set()).add(name);
    if (!replaced) return all;
    return [...lines].map(([name, line]) => (replaced.has(name) ? '' : line)).join('');
  }

  return ResponseWithHeaders;
}
