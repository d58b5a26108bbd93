import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { workspace } from "vscode";
import { type DocumentFilter, LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";

export const SECTION = "disclosure-lint";

/** Texts that may be reports, saved or not, and files that may be configurations or rules; the server tells them apart. */
const LOOKED_AT: DocumentFilter[] = [
  ...["markdown", "plaintext"].flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
  { scheme: "file", pattern: "**/*.toml" },
];

/** Returns the program that the settings name. */
export function program(): string {
  const path = workspace.getConfiguration(SECTION).get<string>("path")?.trim() || SECTION;
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

/** Returns why a program cannot be started; nothing if it can. */
export function obstacle(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, ["--version"], (error, _, stderr) => resolve(error ? stderr.trim() || error.message : undefined));
  });
}

/** Returns a client for a server that is not started yet. */
export function client(command: string): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: LOOKED_AT,
    // The server asks for its settings, too, but only after the first diagnostics.
    initializationOptions: () => JSON.parse(JSON.stringify(workspace.getConfiguration(SECTION))),
  };
  // The section of the settings that says what to trace, and the name of the log, go by the id and the name.
  return new LanguageClient(SECTION, SECTION, { command, args: ["server"] }, options);
}
