// check_browser.mjs ADDRESS: a page of another origin reads in Chromium what anybody may have, and nothing else.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const [address] = process.argv.slice(2);
const origin = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<!doctype html><title>border</title>');
});
await new Promise((resolve) => origin.listen(0, '127.0.0.1', resolve));

function check(title, holds, otherwise) {
  if (!holds) {
    console.log(`   ${title}: ${JSON.stringify(otherwise)}`);
  }
  console.log(`${holds ? 'ok' : 'not ok'} - Chromium on another origin ${title}`);
}

const browser = await chromium.launch({
  executablePath: process.env.ISSUER_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${origin.address().port}/`);
  const ask = (path, options) => page.evaluate(async ([url, init]) => {
    try {
      const answer = await fetch(url, init);
      const bytes = await answer.arrayBuffer();
      return { status: answer.status, length: bytes.byteLength, etag: answer.headers.get('ETag') };
    } catch (failure) {
      return { refused: String(failure) };
    }
  }, [`${address}${path}`, options]);

  for (const path of ['/v1/bundle.bin', '/v1/trust-list', '/v1/trust-list/list.jws', '/v1/manifest.jws', '/lists',
    '/signercertificateStatus', '/openapi/issuer.json']) {
    const answer = await ask(path);
    check(`fetches ${path} and its ETag`, answer.status === 200 && answer.length > 0 && answer.etag !== null, answer);
  }
  const bundle = await ask('/v1/bundle.bin');
  const again = await ask('/v1/bundle.bin', { headers: { 'If-None-Match': bundle.etag }, cache: 'no-store' });
  check('asks whether the bundle has changed', again.status === 304, again);
  const lists = await ask('/lists');
  const partitions = await ask('/lists/AAAAAAAAAAA/partitions', {
    headers: { 'If-Match': lists.etag, 'X-SLICE-FILTER-TYPE': 'VARHASHLIST' },
  });
  check('asks for partitions with the headers of the EU', partitions.status === 404, partitions);
  const verdict = await ask('/v1/verify', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"hc1":"HC1:"}',
  });
  check('has a code judged', verdict.status === 200, verdict);
  const records = await ask('/v1/records', { headers: { Authorization: 'Bearer x' } });
  check('reads nothing that needs a token', records.refused !== undefined, records);
} finally {
  await browser.close();
  origin.close();
}
