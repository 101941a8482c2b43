// What another engine makes of programs: reads a JSON list of sources, prints a JSON list of outcomes as cases write them.
const vm = require('vm');
const { types } = require('util');
const unseen = /[\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\ufeff\ufffe\uffff]/g;

function quoted(text) {
  return JSON.stringify(text).replace(unseen, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}

function shown(value, globals, room = 12) {
  if (typeof value === 'string') return quoted(value);
  if (Object.is(value, -0)) return '-0';
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return String(value);
  return room ? object(value, globals, room - 1) : '...';
}

function object(value, globals, room) {
  const inner = (each) => shown(each, globals, room);
  if (value === globals) return 'globalThis';
  if (typeof value === 'function') return `function ${value.name}`.trim();
  if (Array.isArray(value)) return `[${Array.from(value, (v, i) => (i in value ? inner(v) : 'hole')).join(', ')}]`;
  if (types.isMap(value)) return `Map(${Array.from(value, ([k, v]) => `${inner(k)} => ${inner(v)}`).join(', ')})`;
  if (types.isSet(value)) return `Set(${Array.from(value, inner).join(', ')})`;
  if (types.isBoxedPrimitive(value)) {
    const held = value.valueOf();
    return `${{ string: 'String', number: 'Number', boolean: 'Boolean' }[typeof held]}(${shown(held)})`;
  }
  if (types.isDate(value)) return `Date(${isNaN(value) ? 'NaN' : value.toISOString()})`;
  if (types.isRegExp(value)) return `/${value.source}/${value.flags}`;
  if (types.isNativeError(value)) return `<${value.name}>`;
  const parts = Object.keys(value).map((k) => `${/^[A-Za-z0-9_$]+$/.test(k) ? k : quoted(k)}: ${inner(value[k])}`);
  return `{${parts.join(', ')}}`;
}

function outcome(source) {
  let script;
  try {
    script = new vm.Script(source);
  } catch (error) {
    return 'syntax error';
  }
  const context = vm.createContext({});
  const globals = vm.runInContext('globalThis', context);
  try {
    return shown(script.runInContext(context, { timeout: 2000 }), globals);
  } catch (thrown) {
    if (thrown === null || typeof thrown !== 'object') return 'throws Error';
    const name = typeof thrown.name === 'string' ? thrown.name : thrown.constructor && thrown.constructor.name;
    return `throws ${name || 'Error'}`;
  }
}

process.on('unhandledRejection', () => {}); // of import(), which has nothing to import from here
const sources = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));
process.stdout.write(JSON.stringify(sources.map(outcome)));
