import { errorCodes } from '@meetframe/contract/errorCodes';
import type { OpenApi } from '@meetframe/contract/reference/openapi';
import type { JsonSchema, Operation } from '@meetframe/contract/reference/types';
import { fieldTable, type Schemas } from './fields.ts';
import { html, type Markup, phrase, prose } from './markup.ts';

type Entry = { verb: string; path: string; operation: Operation };

const entriesOf = ({ paths }: OpenApi): Entry[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]) => ({
      verb: verb.toUpperCase(),
      path,
      operation: operation as Operation,
    })),
  );

const resolve = (schema: JsonSchema | undefined, schemas: Schemas): JsonSchema =>
  (schema?.$ref ? schemas[schema.$ref.split('/').at(-1) ?? ''] : schema) ?? {};

/** `room.createRoom`, or the address for an operation without such a name. */
const nameOf = ({ path, verb, operation }: Entry): string => {
  const [module, method, ...rest] = path.replace('/app/', '').split('/');
  if (module && method && rest.length === 0) return `${module}.${method}`;
  if (operation.operationId === module) return operation.tags[0] === module ? `${module}, any method` : module;
  return `${path.replace('/app/', '')} (${verb})`;
};

const json = (value: unknown): Markup => html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`;

const curl = ({ verb, path }: Entry, origin: string, body: unknown): Markup => {
  const quoted = JSON.stringify(body, null, 2).replaceAll("'", `'\\''`);
  const text = `curl -X ${verb} ${origin}${path} \\\n  -H 'content-type: application/json' \\\n  -d '${quoted}'`;
  return html`<pre tabindex="0"><code>${text}</code></pre>`;
};

const everywhere = ['sign', 'SID'];
const echoed = ['module', 'method'];

const takes = ({ operation }: Entry, schemas: Schemas): Markup => {
  const { requestBody, parameters } = operation;
  const asSchema: JsonSchema = {
    properties: Object.fromEntries(
      (parameters ?? []).map(({ name, description, schema }) => [name, { ...schema, description }]),
    ),
    required: (parameters ?? []).filter(({ required }) => required).map(({ name }) => name),
  };
  const schema = requestBody ? resolve(requestBody.content['application/json']?.schema, schemas) : asSchema;
  if (schema.oneOf)
    return html`<p>${phrase('`method`, and what that method takes: ')}${Object.keys(
      schema.discriminator?.mapping ?? {},
    ).map((name, index) => html`${index ? ', ' : ''}<code>${name}</code>`)}.</p>`;
  // A credential that is a parameter of its own belongs into the table.
  const leaveOut = everywhere.filter((name) => !schema.required?.includes(name));
  return fieldTable(schema, schemas, { leaveOut });
};

const gives = ({ operation }: Entry, schemas: Schemas): Markup => {
  const answer = operation.responses['200'];
  const schema = answer?.content?.['application/json']?.schema;
  if (!schema || schema.anyOf) return html`<p>${phrase(answer?.description ?? '')}</p>`;
  return fieldTable(resolve(schema, schemas), schemas, { leaveOut: echoed, optional: false });
};

const credentials = ({ security }: Operation): string => {
  if (security.some((way) => Object.keys(way).length === 0)) return 'no credentials needed';
  return security.some((way) => !('SID' in way)) ? 'sign or SID' : 'SID';
};

const article = (entry: Entry, schemas: Schemas, origin: string): Markup => {
  const { operation, verb, path } = entry;
  const request = operation.requestBody?.content['application/json']?.example;
  const answer = operation.responses['200']?.content?.['application/json']?.example;
  const codes = operation['x-errors'];
  return html`<article id="${operation.operationId}" data-words="${`${nameOf(entry)} ${operation.summary} ${operation['x-section']}`.toLowerCase()}">
  <h3><a href="#${operation.operationId}"><code>${nameOf(entry)}</code></a>
    <span class="tag">${operation['x-section'] === '+' ? 'beyond the specification' : `section ${operation['x-section']}`}</span>
    <span class="tag">${credentials(operation)}</span></h3>
  <p class="summary">${phrase(operation.summary)}</p>
  <p class="address"><span class="verb">${verb}</span> <code>${path}</code></p>
  <div class="halves"><div>
    <div class="quiet">${prose(operation.description)}</div>
    <h4>Takes</h4>${takes(entry, schemas)}
    <h4>Gives</h4>${gives(entry, schemas)}
    ${codes && html`<h4>Errors</h4><p class="codes">${codes.map((code) => html`<a href="#error-${code}"><code>${code}</code></a> `)}</p>`}
  </div>
  ${
    (request !== undefined || answer !== undefined) &&
    html`<div class="example">
    ${request !== undefined && html`<h4>For example</h4>${curl(entry, origin, request)}`}
    ${answer !== undefined && html`<h4>${request === undefined ? 'Answers' : 'Answer'}</h4>${json(answer)}`}
  </div>`
  }</div>
</article>`;
};

const errors = (codes: ReadonlySet<string>): Markup => html`<section id="errors"><h2>Errors</h2>
${prose(
  'An error looks like `{"module": "room", "method": "createRoom", "error": {"code": "INVALID_ARGUMENT", "message": "…", "details": {"field": "numberLimit", "expected": "at most 200"}}}`. Decide by `code`; messages are for people and may change.',
)}
<div class="scroll" tabindex="0" role="region" aria-label="Error codes"><table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">What to do</th></tr></thead>
<tbody>${Object.entries(errorCodes)
  .filter(([code]) => codes.has(code))
  .map(
    ([code, { status, meaning, remedy }]) =>
      html`<tr id="error-${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${phrase(meaning)}</td><td>${phrase(remedy)}</td></tr>`,
  )}</tbody></table></div></section>`;

const shapes = (schemas: Schemas): Markup => {
  const names = Object.keys(schemas).filter(
    (name) => !name.includes('.') && schemas[name]?.properties && name !== 'Error',
  );
  return html`<section id="shapes"><h2>Shapes</h2>${names.map(
    (
      name,
    ) => html`<article id="shape-${name}" data-words="${name.toLowerCase()}"><h3><a href="#shape-${name}"><code>${name}</code></a></h3>
    ${prose(schemas[name]?.description ?? '')}${fieldTable(schemas[name] ?? {}, schemas, { optional: false })}</article>`,
  )}</section>`;
};

/** The page of a document. It contains all the text; its script only searches and folds. */
export const referencePage = (document: OpenApi, origin: string): string => {
  const { schemas } = document.components;
  const entries = entriesOf(document);
  const groups = document.tags.map((tag) => ({
    ...tag,
    // The module's own address comes last, because it adds nothing to its methods.
    entries: entries
      .filter(({ operation }) => operation.tags[0] === tag.name)
      .sort((a, b) => Number(a.operation.operationId === tag.name) - Number(b.operation.operationId === tag.name)),
  }));
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} – reference</title><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="reference.css"><script type="module" src="reference.js"></script></head>
<body><a class="skip" href="#content">Skip to the methods</a>
<header><p class="name">${document.info.title} <span class="quiet">${document.info.version}</span></p>
  <label hidden><span class="hidden">Find a method</span><input type="search" placeholder="Find a method" autocomplete="off"></label>
  <a href="../openapi.json">openapi.json</a></header>
<nav aria-label="Contents"><ul>${groups.map(
    (group) =>
      html`<li><a href="#module-${group.name}">${group.name}</a><ul>${group.entries.map(
        (entry) =>
          html`<li><a href="#${entry.operation.operationId}">${nameOf(entry)
            .split(/[.]|, /)
            .at(-1)}</a></li>`,
      )}</ul></li>`,
  )}<li><a href="#shapes">Shapes</a></li><li><a href="#errors">Errors</a></li></ul></nav>
<main id="content"><h1>Reference of the platform</h1><p class="lead">${document.info.summary}</p><div class="intro">${prose(document.info.description)}</div>
<p class="nothing quiet" role="status" hidden>No method is called like that.</p>
${groups.map(
  (
    group,
  ) => html`<section id="module-${group.name}"><h2>${group.name}</h2><p class="quiet">${phrase(group.description)}</p>
${group.entries.map((entry) => article(entry, schemas, origin))}</section>`,
)}
${shapes(schemas)}${errors(new Set(entries.flatMap(({ operation }) => operation['x-errors'] ?? [])))}</main></body></html>`
    .markup;
};
