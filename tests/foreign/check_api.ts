// check_api.ts ADDRESS GIVEN: a client generated from openapi/issuer.json, type-checked, against a started service.
// GIVEN is JSON: tokens, a facility, and somebody whom the registry knows.
import createClient from 'openapi-fetch';
import type { paths } from './issuer.js';

declare const process: { argv: string[] };

const [address, given] = process.argv.slice(2);
const { clerk, signatory, security, facility, person } = JSON.parse(given);

const as = (token: string) =>
  createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });

const base64url = (bytes: ArrayBuffer | Uint8Array) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes as ArrayBuffer)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function check(title: string, holds: boolean, otherwise?: unknown) {
  if (!holds && otherwise !== undefined) {
    console.log(`   ${title}: ${JSON.stringify(otherwise)}`);
  }
  console.log(`${holds ? 'ok' : 'not ok'} - generated client: ${title}`);
}

async function eventually<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let n = 0; n < 600; n++) {
    const found = await find();
    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return undefined;
}

const record = {
  reference: 'typed-1', full_name: person.full_name, sex: person.sex, date_of_birth: person.date_of_birth,
  identity_number: person.identity_number, product: person.product, lot: 'TYPED', vaccinated_on: person.next_day,
};

// --- submit, and what is refused
const submitted = await as(clerk).POST('/v1/records', { body: record });
const first = submitted.data && 'id' in submitted.data ? submitted.data : undefined;
check('submits a record', submitted.response.status === 201 && first?.outcome === 'accepted', submitted.error);
const refused = await as(clerk).POST('/v1/records', { body: { ...record, reference: 'typed-2', sex: '?' } });
check('reads the faults of a refused one',
  refused.error?.code === 'invalid' && refused.error.faults.some((fault) => fault.code === 'bad-sex'), refused);

// --- correct, by the version that was read
const id = first?.id ?? '';
const corrected = await as(clerk).PUT('/v1/records/{id}', {
  params: { path: { id }, header: { 'If-Match': String(first?.version) } },
  body: { ...record, lot: 'TYPED-2' },
});
check('corrects it', corrected.data?.outcome === 'corrected' && Number(corrected.data.version) === 2, corrected.error);

// --- attest, with a key of our own
const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const jwk = await crypto.subtle.exportKey('jwk', key.publicKey);
const registered = await as(security).PUT('/v1/facilities/{code}/attestation-key', {
  params: { path: { code: facility } },
  body: { kty: 'EC', crv: 'P-256', x: jwk.x!, y: jwk.y! },
});
check('registers a key', registered.response.status === 204, registered.error);
const statement = await eventually(async () => {
  let after: string | undefined;
  do {
    const { data } = await as(signatory).GET('/v1/records/to-attest', { params: { query: { after, limit: 200 } } });
    const found = data?.statements.find((one) => one.record_id === id);
    if (found) {
      return found;
    }
    after = data?.next ?? undefined;
  } while (after);
  return undefined;
});
const header = base64url(new TextEncoder().encode('{"alg":"ES256"}'));
const content = `${header}.${statement?.statement}`;
const seal = await crypto.subtle.sign(
  { name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, new TextEncoder().encode(content));
const attested = await as(signatory).POST('/v1/attestations', {
  body: { signatures: [`${content}.${base64url(seal)}`] },
});
check('attests it', attested.data?.results.length === 1 && attested.data.results[0]?.fault === null, attested);

// --- list
const listed = await eventually(async () => {
  let after: string | undefined;
  do {
    const { data } = await as(clerk).GET('/v1/records', { params: { query: { after, limit: 200 } } });
    const found = data?.records.find((one) => one.id === id);
    if (found?.attested) {
      return found;
    }
    after = data?.next ?? undefined;
  } while (after);
  return undefined;
});
check('lists it as matched and attested', listed?.state === 'matched' && listed.reference === 'typed-1', listed);
