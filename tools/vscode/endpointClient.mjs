// Asks the endpoint of the VS Code window (endpoint.mjs) for one action: from the extension host that runs in it.

/** See endpointClient.d.mts. */
export async function askWorkbench(action, options) {
  const url = process.env.RNN_TAGGER_WORKBENCH_URL;
  if (url === undefined)
    throw new Error('RNN_TAGGER_WORKBENCH_URL is not set: run the extension tests with `npm test`.');
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${process.env.RNN_TAGGER_WORKBENCH_TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ action, ...options }),
  });
  const { value, error } = await response.json();
  if (error !== undefined) throw new Error(`${action}: ${error}`);
  return value;
}
