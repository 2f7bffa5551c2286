import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from '../system.mjs';

const compat = join(dirname(fileURLToPath(import.meta.url)), 'compat');

const debianPackages = {
  'g++': 'g++',
  ninja: 'ninja-build',
  flatc: 'flatbuffers-compiler',
  '/usr/include/flatbuffers/flatbuffers.h': 'libflatbuffers-dev',
  '/usr/include/srtp2/srtp.h': 'libsrtp2-dev',
  '/usr/include/uv.h': 'libuv1-dev',
  '/usr/include/openssl/ssl.h': 'libssl-dev',
  '/usr/include/absl/container/flat_hash_map.h': 'libabsl-dev',
};

const libraries = [
  'srtp2 ssl crypto uv absl_raw_hash_set absl_hash absl_city absl_low_level_hash absl_strings absl_strings_internal',
  'absl_throw_delegate absl_raw_logging_internal absl_bad_optional_access absl_bad_variant_access pthread',
]
  .flatMap((line) => line.split(' '))
  .map((name) => `-l${name}`)
  .join(' ');

/** What Debian compiles network services with: overflowing a buffer ends the worker instead of running what was sent. */
const hardening = {
  compile: '-fPIE -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2',
  link: '-pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack',
};

/** Copies the worker's sources and corrects the one line that crashes with an OpenSSL that has kernel TLS. */
const copySources = (worker, folder) => {
  cpSync(join(worker, 'src'), join(folder, 'src'), { recursive: true });
  const path = join(folder, 'src/RTC/DtlsTransport.cpp');
  const source = readFileSync(path, 'utf8');
  // onSslBioOut answers 1 to every control call, also to the question whether kernel TLS is on.
  const corrected = source.replace('(operationType == BIO_CB_RETURN) ?', '((operationType & BIO_CB_RETURN) != 0) ?');
  if (corrected === source) throw new Error('DtlsTransport.cpp has changed: look at onSslBioOut again');
  writeFileSync(path, corrected);
};

const generateSchemas = (worker, folder) => {
  const out = join(folder, 'generated/FBS');
  mkdirSync(out, { recursive: true });
  const schemas = readdirSync(join(worker, 'fbs'))
    .filter((name) => name.endsWith('.fbs'))
    .sort()
    .map((name) => join(worker, 'fbs', name));
  const flags = [
    '--cpp',
    '--cpp-field-case-style',
    'lower',
    '--reflect-names',
    '--scoped-enums',
    '--filename-suffix',
    '',
  ];
  execFileSync('flatc', [...flags, '-o', out, ...schemas], { stdio: 'pipe' });
};

const sourcesOf = (worker) => {
  const all = (file, pattern) =>
    [...readFileSync(join(worker, file), 'utf8').matchAll(pattern)].map((match) => match[1]);
  const own = [...new Set([...all('meson.build', /'(src\/[^']+\.cpp)'/g), 'src/main.cpp'])].filter((path) =>
    existsSync(join(worker, path)),
  );
  const webrtc = all('deps/libwebrtc/meson.build', /'(libwebrtc\/[^']+\.cc)'/g);
  return [...own, ...webrtc.map((path) => join(worker, 'deps/libwebrtc', path))];
};

const writeNinja = (worker, folder) => {
  const sources = sourcesOf(worker);
  const includes = [
    compat,
    join(worker, 'include'),
    'generated',
    join(worker, 'deps/libwebrtc'),
    join(worker, 'deps/libwebrtc/libwebrtc'),
  ];
  const flags = `-std=c++20 -O2 ${hardening.compile} -DNDEBUG -DMS_LITTLE_ENDIAN -DFLATBUFFERS_LOCALE_INDEPENDENT=1 -DMS_EXECUTABLE -w ${includes.map((path) => `-I${path}`).join(' ')}`;
  const objects = sources.map((_, index) => `objects/${index}.o`);
  writeFileSync(
    join(folder, 'build.ninja'),
    [
      `flags = ${flags}`,
      'rule header\n  command = g++ $flags -x c++-header $in -o $out',
      'rule compile\n  command = g++ -include precompiled.hpp $flags -c $in -o $out',
      `rule link\n  command = g++ ${hardening.link} -o $out @$out.list ${libraries}\n  rspfile = $out.list\n  rspfile_content = $in`,
      'build precompiled.hpp.gch: header precompiled.hpp',
      ...sources.map((path, index) => `build ${objects[index]}: compile ${path} | precompiled.hpp.gch`),
      `build mediasoup-worker: link ${objects.join(' ')}`,
      '',
    ].join('\n'),
  );
  cpSync(join(compat, 'precompiled.hpp'), join(folder, 'precompiled.hpp'));
};

const runNinja = (folder) =>
  new Promise((resolve, reject) => {
    const ninja = spawn('ninja', [], {
      cwd: folder,
      env: { ...process.env, NINJA_STATUS: '[%f/%t] ' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let tail = '';
    let shown = -1;
    ninja.stdout.on('data', (chunk) => {
      tail = (tail + chunk).slice(-8000);
      const [, done, total] = [...tail.matchAll(/\[(\d+)\/(\d+)\]/g)].at(-1) ?? [];
      const percent = Math.floor((100 * Number(done)) / Number(total));
      if (!(percent >= 0) || percent === shown) return;
      shown = percent;
      if (process.stdout.isTTY)
        process.stdout.write(`\r  building the media worker ${percent}% (${done} of ${total} files)  `);
      else if (percent % 20 === 0) console.log(`  building the media worker ${percent}% (${done} of ${total} files)`);
    });
    ninja.on('error', reject);
    ninja.on('close', (code) => {
      if (process.stdout.isTTY) process.stdout.write('\n');
      if (code === 0) resolve();
      else reject(new Error(`The media worker did not build:\n${tail}`));
    });
  });

/**
 * Builds the worker of the installed mediasoup package against Debian's own libraries, about two minutes on two cores.
 *
 * @param {{worker: string, target: string}} paths the package's `worker` folder; where the binary goes. The build runs
 *   beside the target and moves the finished binary there in one step, so that a half-built one is never seen.
 */
export const buildWorker = async ({ worker, target }) => {
  ensurePackages(debianPackages, 'to build the media worker');
  const folder = `${target}.build-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    copySources(worker, folder);
    generateSchemas(worker, folder);
    writeNinja(worker, folder);
    await runNinja(folder);
    renameSync(join(folder, 'mediasoup-worker'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
