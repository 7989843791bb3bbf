// Serves files of the project at http://127.0.0.1, which is a secure context: WebGPU is there.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { inProject } from '../paths.mjs';

const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
};

/**
 * @param pages content of paths that are no files, such as { '/': '<!doctype html>…' }.
 * @param folders of the project that are served, such as ['out/browser'].
 * @returns the origin, and `close`.
 */
export async function serveFiles(pages, folders) {
  const served = folders.map((folder) => inProject(folder) + path.sep);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const name = decodeURIComponent(pathname);
    const file = inProject(name.slice(1));
    const type = Object.hasOwn(pages, name)
      ? types['.html']
      : (types[path.extname(file)] ?? 'application/octet-stream');
    try {
      if (!Object.hasOwn(pages, name) && !served.some((folder) => file.startsWith(folder)))
        throw new Error('not served');
      const content = Object.hasOwn(pages, name) ? pages[name] : await readFile(file);
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}
