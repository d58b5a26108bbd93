// Puts the extension and the libraries that it uses into one file, and their licences into another.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: true,
  legalComments: "none",
  metafile: true,
});

const packages = Object.keys(metafile.inputs)
  .map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
  .filter((folder) => folder !== undefined);

function licence(folder) {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const names = ["LICENSE", "LICENSE.md", "LICENSE.txt", "License.txt", "license.txt"];
  const file = names.map((file) => `${folder}/${file}`).find(existsSync);
  if (file === undefined) throw new Error(`${name} has no licence`);
  return `${name} ${version}\n\n${readFileSync(file, "utf8").trim()}\n`;
}

const licences = [...new Set(packages)].sort().map(licence);
writeFileSync("dist/LICENSES.txt", licences.join(`\n${"-".repeat(79)}\n\n`));
