// check_demo.mjs DIR: dcc-utils, the Italian ministry's verifier library, reads and verifies what a demo issued.
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync, inflateSync } from 'node:zlib';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import base45 from 'base45';
import dccUtils from 'dcc-utils';

const { DCC } = dccUtils;
const directory = process.argv[2];
const shared = process.env.ISSUER_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const schemaPath = `${shared}/conformance/dcc-schema/DCC.combined-schema.json`;

function check(title, faults) {
  faults.slice(0, 10).forEach((fault) => console.log(`   ${fault}`));
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${title}`);
}

// dcc-utils wants each key as base64 SPKI with the parameters of WebCrypto.
function keyOf(item) {
  const { publicKey } = new X509Certificate(Buffer.from(item.rawData, 'base64'));
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    publicKeyAlgorithm: publicKey.asymmetricKeyType === 'ec'
      ? { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
      : { name: 'RSA-PSS', hash: 'SHA-256' },
    kid: item.kid,
  };
}

async function isAccepted(text, keys) {
  try {
    const dcc = await DCC.fromRaw(text);
    return Boolean(await dcc.checkSignatureWithKeysList(keys));
  } catch {
    return false;
  }
}

// Changed below zlib, so that its checksum is not what notices.
function withByteChanged(text, place, mask) {
  const cose = inflateSync(base45.decode(text.slice(4)));
  cose[place] ^= mask;
  return `HC1:${base45.encode(deflateSync(cose))}`;
}

function schemaCheck() {
  if (!existsSync(schemaPath)) {
    return null;
  }
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')));
}

const lines = readFileSync(`${directory}/certificates.ndjson`, 'utf8').trim().split('\n').map((l) => JSON.parse(l));
const trustList = JSON.parse(readFileSync(`${directory}/trustlist.json`, 'utf8'));
const keys = Object.fromEntries(
  trustList.filter((item) => item.certificateType === 'DSC').map((item) => [item.kid, keyOf(item)]),
);

const refused = [];
const misread = [];
const invalid = [];
const stillAccepted = [];
const isValid = schemaCheck();
for (const [number, line] of lines.entries()) {
  if (!await isAccepted(line.hc1, keys)) {
    refused.push(`${line.uvci} is refused`);
    continue;
  }
  const dcc = await DCC.fromRaw(line.hc1);
  if (dcc.kid !== line.kid || dcc.payload.v[0].ci !== line.uvci) {
    misread.push(`${line.uvci}: kid or ci differ`);
  }
  if (isValid && !isValid(dcc.payload)) {
    invalid.push(`${line.uvci}: ${JSON.stringify(isValid.errors)}`);
  }
  const { length } = inflateSync(base45.decode(line.hc1.slice(4)));
  const places = number < 2 ? [...Array(length).keys()] : [(number * 7919) % length];
  for (const place of places) {
    if (await isAccepted(withByteChanged(line.hc1, place, 1), keys)) {
      stillAccepted.push(`${line.uvci} is still accepted with byte ${place} changed`);
    }
  }
}
check(`dcc-utils: verifies all ${lines.length} certificates`, lines.length ? refused : ['there is none']);
check('dcc-utils: reads the kid and the UVCI that the line names', misread);
check('dcc-utils: refuses a certificate when a byte of it is changed', stillAccepted);
if (isValid) {
  check('ajv: every payload follows the DCC schema 1.3.0', invalid);
} else {
  console.log('note - the DCC schema is not beside the repository; payloads were not held against it');
}
