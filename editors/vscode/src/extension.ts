import { commands, type ExtensionContext, l10n, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { client, obstacle, program, SECTION } from "./server";

let running: LanguageClient | undefined;
/** What is under way: one start or stop after the other. */
let turn: Promise<void> = Promise.resolve();

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand(`${SECTION}.restart`, restart),
    commands.registerCommand(`${SECTION}.fixAll`, fixAll),
    commands.registerCommand(`${SECTION}.showOutput`, () => running?.outputChannel.show()),
    // The server asks for all other settings itself.
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(`${SECTION}.path`) && restart()),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await inTurn(stop);
}

function restart(): Promise<void> {
  return inTurn(async () => {
    await stop();
    await start();
  });
}

function inTurn(work: () => Promise<void>): Promise<void> {
  turn = turn.then(work, work);
  return turn;
}

async function start(): Promise<void> {
  const command = program();
  const reason = await obstacle(command);
  if (reason !== undefined) {
    // Not waited for: the message may stay for hours.
    void complain(command, reason);
    return;
  }
  running = client(command);
  // The client itself shows why a program that is there does not serve.
  await running.start().catch(() => undefined);
}

async function stop(): Promise<void> {
  const ending = running;
  running = undefined;
  // One that failed to start cannot be stopped.
  await ending?.dispose().catch(() => undefined);
}

async function complain(command: string, reason: string): Promise<void> {
  const [settings, again] = [l10n.t("Settings"), l10n.t("Try again")];
  const chosen = await window.showErrorMessage(l10n.t("Cannot start “{0}”: {1}", command, reason), settings, again);
  if (chosen === settings) await commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
  if (chosen === again) await restart();
}

async function fixAll(): Promise<void> {
  await commands.executeCommand("editor.action.codeAction", { kind: `source.fixAll.${SECTION}`, apply: "first" });
}
