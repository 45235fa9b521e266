// Gives files to the programs that they are for, and prints what each says, as JSON.
// Arguments: a file with {"har": {name: path}, "postman": {name: path}}; names are the callers' own.
const fs = require('fs');

async function har(file) {
  const validate = require('har-validator/lib/promise');
  try {
    await validate.har(JSON.parse(fs.readFileSync(file, 'utf8')));
    return { errors: [] };
  } catch (e) {
    return { errors: (e.errors || [e]).map(error => (error.dataPath || '') + ' ' + error.message) };
  }
}

function nested(item, found) {
  if (item.item && item.request) {
    found.push('both a folder and a request: ' + item.name);
  }
  (item.item || []).forEach(inner => nested(inner, found));
  return found;
}

async function schema(collection) {
  const { PostmanValidator } = require('@har-sdk/validator');
  const errors = await new PostmanValidator().verify(collection);
  return errors.map(error => JSON.stringify(error)).concat(nested(collection, []));
}

function loaded(collection) {
  const { Collection } = require('postman-collection');
  const items = [];
  new Collection(collection).forEachItem(item =>
    items.push({ name: item.name, examples: item.responses.map(response => response.code) }));
  return items;
}

function run(file) {
  const newman = require('newman');
  return new Promise((resolve, reject) => newman.run(
    { collection: file, reporters: [], timeoutRequest: 20000 },
    (error, summary) => error ? reject(error) : resolve({
      executed: summary.run.executions.length,
      failures: summary.run.failures.map(failure => failure.source.name + ': ' + failure.error.message),
    })));
}

async function main() {
  const wanted = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  const said = {};
  for (const [name, file] of Object.entries(wanted.har || {})) {
    said[name] = await har(file);
  }
  for (const [name, file] of Object.entries(wanted.postman || {})) {
    const collection = JSON.parse(fs.readFileSync(file, 'utf8'));
    said[name] = { errors: await schema(collection), items: loaded(collection), run: await run(file) };
  }
  fs.writeFileSync(process.argv[3], JSON.stringify(said));
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
