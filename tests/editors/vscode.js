// Runs the built extension in a stand-in for VS Code that has one report open, and writes what it would show to $RESULT.
const Module = require("node:module");
const { readFileSync, writeFileSync } = require("node:fs");
const { pathToFileURL } = require("node:url");

const settings = { ...JSON.parse(process.env.DEFAULTS), path: process.env.PROGRAM, lang: "en" };
const commands = {};
const complaints = [];
const log = [];
const shown = {};

class Uri {
  static parse(text) {
    const url = new URL(text);
    const path = decodeURIComponent(url.pathname);
    return Object.assign(new Uri(), { scheme: url.protocol.slice(0, -1), path, fsPath: path, toString: () => text });
  }
  static file(path) {
    return Uri.parse(pathToFileURL(path).href);
  }
}
class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}
class Range {
  constructor(...at) {
    const [start, end] = at.length === 4 ? [new Position(at[0], at[1]), new Position(at[2], at[3])] : at;
    Object.assign(this, { start, end });
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}
class EventEmitter {
  listeners = [];
  event = (listener) => {
    this.listeners.push(listener);
    return nothing();
  };
  fire(value) {
    for (const listener of this.listeners) listener(value);
  }
  dispose() {}
}
class TabInputText {
  uri = document.uri;
}
class Disposable {
  static from(...parts) {
    return { dispose: () => parts.forEach((part) => part.dispose()) };
  }
}
class CodeActionKind {
  static Empty = new CodeActionKind();
  append() {
    return this;
  }
}
class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: nothing };
  cancel() {}
  dispose() {}
}

const nothing = () => ({ dispose() {} });
/** Returns a part of the interface; what the test does not care for is a function that does nothing. */
const part = (known) => new Proxy(known, { get: (all, name) => (name in all ? all[name] : nothing) });

const text = readFileSync(process.env.REPORT, "utf8");
const document = { uri: Uri.file(process.env.REPORT), languageId: "markdown", version: 1, getText: () => text };
const configuration = () => ({ ...settings, get: (key, otherwise) => settings[key] ?? otherwise, has: () => true });
const complain = async (message) => void complaints.push(message);

const vscode = {
  ...{ Uri, Position, Range, Diagnostic, EventEmitter, CancellationTokenSource, CodeActionKind, Disposable, TabInputText },
  version: "1.91.0",
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  l10n: { t: (message, ...values) => message.replace(/\{(\d)\}/g, (_, number) => values[number]) },
  env: { appName: "test", language: "en" },
  commands: part({ registerCommand: (name, work) => ((commands[name] = work), nothing()) }),
  workspace: part({
    textDocuments: [document],
    notebookDocuments: [],
    workspaceFolders: undefined,
    getConfiguration: configuration,
    createFileSystemWatcher: () => part({}),
  }),
  window: part({
    activeTextEditor: { document },
    visibleTextEditors: [{ document }],
    tabGroups: part({ all: [{ tabs: [{ input: new TabInputText() }] }] }),
    createOutputChannel: () => part({ appendLine: (line) => log.push(line), append: (line) => log.push(line) }),
    showErrorMessage: complain,
    showWarningMessage: complain,
  }),
  languages: part({
    // The filters of the extension by language; those of the server's own need no patterns here.
    match: (filters) => [filters].flat().some(({ language }) => language === document.languageId) * 10,
    createDiagnosticCollection: () =>
      part({ set: (uri, found) => (shown[uri.toString()] = found), has: (uri) => uri.toString() in shown }),
  }),
};
const stub = new Proxy(vscode, { get: (all, name) => all[name] ?? class {} });
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? stub : load(name, ...rest));

async function until(holds) {
  for (const end = Date.now() + 30_000; !holds(); ) {
    if (Date.now() > end) throw new Error("the server does not answer");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function work() {
  const extension = require(process.env.EXTENSION);
  await extension.activate({ subscriptions: [] });
  if (process.env.MISSING) return { complaints };
  const uri = document.uri.toString();
  await until(() => shown[uri]?.length);
  const before = shown[uri];
  delete shown[uri];
  await commands["disclosure-lint.restart"]();
  await until(() => shown[uri]?.length);
  const again = shown[uri];
  await extension.deactivate();
  const plain = ({ code, message, range, severity }) => ({
    code: code?.value ?? code,
    message,
    severity,
    line: range.start.line + 1,
    column: range.start.character,
    text: text.split("\n")[range.start.line].slice(range.start.character, range.end.character),
  });
  return { before: before.map(plain), again: again.length, complaints, commands: Object.keys(commands) };
}

work()
  .catch((error) => ({ error: error.stack, complaints, log }))
  .then((value) => {
    writeFileSync(process.env.RESULT, JSON.stringify(value));
    process.exit(0);
  });
