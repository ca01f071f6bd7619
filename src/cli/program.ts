import { Command, CommanderError, Option } from 'commander'
import { visible } from '../model/visible.ts'
import type { ExitCode, Wires } from './wires.ts'

const collect = (value: string, before: string[] = []) => [...before, value]

const LEDGER = 'the file that runs are recorded in (default: $WEFT_LEDGER, else .weft/ledger.db)'

/** Called with the exit code of the command that ran. */
type Finish = (code: ExitCode) => void

/** The whole command line as a commander tree; also the source of the reference page and of shell completion. */
export function createProgram(wires: Wires, finish: Finish): Command {
  const program = new Command('weft')
    .description('Plans and runs Ansible-style playbooks against NX-OS switches, APICs and Kubernetes clusters.')
    .version(wires.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showSuggestionAfterError(true)
    .showHelpAfterError("(try 'weft --help')")
    .configureOutput({
      writeOut: text => wires.out.write(visible(text)),
      writeErr: text => wires.err.write(visible(text)),
    })
    .exitOverride()
    .addHelpText(
      'after',
      examples(['weft plan playbooks/site.yml', 'weft run playbooks/site.yml --limit leaf-101', 'weft lab']),
    )
  addRun(program, wires, finish, 'plan')
  addRun(program, wires, finish, 'run')
  addInventory(program, wires, finish)
  addDoctor(program, wires, finish)
  addLab(program, wires, finish)
  addModules(program, wires, finish)
  addLedger(program, wires, finish)
  addCompletion(program, wires, finish)
  return program
}

function addRun(program: Command, wires: Wires, finish: Finish, mode: 'plan' | 'run'): void {
  const plan = mode === 'plan'
  const command = program
    .command(mode)
    .description(
      plan ? 'show what a run would change; changes nothing' : 'bring the hosts to what the playbooks declare',
    )
    .argument(plan ? '<playbook...>' : '[playbook...]', 'playbook files')
    .option('-i, --inventory <source>', 'inventory file or folder; may repeat (default: inventory/)', collect)
    .option('-l, --limit <pattern>', 'only these hosts or groups')
    .option('-t, --tags <tags>', 'only tasks with these tags; may repeat', collect)
    .option('--skip-tags <tags>', 'leave out tasks with these tags; may repeat', collect)
    .option('-e, --extra-vars <vars>', 'variables: key=value, YAML/JSON or @file; may repeat', collect)
    .option('-f, --forks <number>', 'hosts worked on at a time', '20')
    .option('-D, --diff', plan ? 'accepted for symmetry: a plan always shows diffs' : 'show the diff of each change')
    .option('-v, --verbose', 'say more; -vv even more', (_, before: number) => before + 1, 0)
    .addOption(new Option('-o, --output <form>', 'how to report').choices(['tree', 'plain', 'json', 'markdown']))
    .option('--start-at-task <name>', 'skip the tasks before this one')
    .option('--list-hosts', 'list the hosts of each play and stop')
    .option('--list-tasks', 'list the tasks of each play and stop')
    .option('--syntax-check', 'read and check everything that can be checked without a host, and stop')
    .option(
      plan ? '--save <file>' : '--plan <file>',
      plan
        ? 'save the plan for `weft run --plan`, which does exactly what it lists'
        : 'apply a saved plan: exactly what it lists; refused where anything has changed since',
    )
    .option('--reason <text>', 'why this is done, for whoever reads the ledger later')
    .option('--ledger <file>', LEDGER)
    .addOption(new Option('--no-ledger', plan ? 'do not record this plan' : 'with --check: do not record it'))
  if (!plan) command.option('-C, --check', 'plan instead of run')
  command.addHelpText('after', runHelp(mode)).action(async (playbooks: string[], options) => {
    const { runCommand } = await import('./run/run-command.ts')
    finish(await runCommand({ playbooks, mode, options, wires }))
  })
}

function runHelp(mode: 'plan' | 'run'): string {
  return mode === 'plan'
    ? `${examples([
        'weft plan playbooks/site.yml',
        'weft plan playbooks/nxos-calico.yml --limit rack_1 --tags bgp',
        'weft plan playbooks/site.yml --output markdown > plan.md',
        'weft plan playbooks/site.yml --save site.plan',
      ])}\nExit codes: 0 in sync, 2 there are changes, 1 something failed.\n`
    : `${examples([
        'weft run playbooks/site.yml',
        'weft run playbooks/site.yml --limit leaf-101 --diff',
        "weft run playbooks/site.yml --reason 'CHG-4711: new rack'",
        'weft run --plan site.plan',
        'weft run playbooks/site.yml --output json | jq .event',
      ])}\nExit codes: 0 done, 1 a task failed, 3 a host was unreachable, 4 invalid input.\nCtrl-C once ends after the running step, twice at once.\n`
}

function addInventory(program: Command, wires: Wires, finish: Finish): void {
  program
    .command('inventory')
    .description('show hosts, groups and variables as weft understands them')
    .option('-i, --inventory <source>', 'inventory file or folder; may repeat (default: inventory/)', collect)
    .option('--graph', 'groups and hosts as a tree (default)')
    .option('--list', 'everything as JSON, in the form of ansible-inventory --list')
    .option('--host <name>', 'the merged variables of one host')
    .option('-l, --limit <pattern>', 'only these hosts or groups')
    .option('--json', 'JSON instead of text')
    .addHelpText(
      'after',
      examples(['weft inventory --graph', 'weft inventory --host leaf-101', 'weft inventory -i hosts.ini --list']),
    )
    .action(async options => {
      const { inventoryCommand } = await import('./inventory-command.ts')
      finish(await inventoryCommand({ options, wires }))
    })
}

function addDoctor(program: Command, wires: Wires, finish: Finish): void {
  program
    .command('doctor')
    .description('check this machine and, for each host, reachability and credentials')
    .option('-i, --inventory <source>', 'inventory file or folder; may repeat (default: inventory/)', collect)
    .option('-l, --limit <pattern>', 'only these hosts or groups')
    .option('-e, --extra-vars <vars>', 'variables: key=value, YAML/JSON or @file; may repeat', collect)
    .option('--json', 'JSON instead of text')
    .addHelpText(
      'after',
      `${examples(['weft doctor', 'weft doctor --limit leaf-101'])}\nExit codes: 0 all is well, 1 something needs attention.\n`,
    )
    .action(async options => {
      const { doctorCommand } = await import('./doctor/doctor-command.ts')
      finish(await doctorCommand({ options, wires }))
    })
}

function addLab(program: Command, wires: Wires, finish: Finish): void {
  program
    .command('lab')
    .description('start the embedded fabric on loopback: four leaves, an APIC, two clusters')
    .option('--state <folder>', 'where its inventory, keys and kubeconfigs are written', '.weft/lab')
    .option('--latency <milliseconds>', 'delay of every answer', '0')
    .option('--port <number>', 'first of seven consecutive ports; 0 picks free ones', '0')
    .option('--json', 'print how to reach it as JSON')
    .addHelpText(
      'after',
      `${examples(['weft lab', 'weft lab --latency 20 --port 42000'])}\nIt runs until Ctrl-C. In another terminal: weft plan playbooks/site.yml -i inventory -i .weft/lab/inventory\n`,
    )
    .action(async options => {
      const { labCommand } = await import('./lab-command.ts')
      finish(await labCommand({ options, wires }))
    })
}

function addModules(program: Command, wires: Wires, finish: Finish): void {
  program
    .command('modules')
    .description('list the modules, or show one with its arguments and examples')
    .argument('[name]', 'a module, by its own or its Ansible name')
    .option('--json', 'JSON (schema included) instead of text')
    .addHelpText(
      'after',
      examples(['weft modules', 'weft modules nxos_config', 'weft modules cisco.aci.aci_rest --json']),
    )
    .action(async (name: string | undefined, options) => {
      const { modulesCommand } = await import('./modules/modules-command.ts')
      finish(await modulesCommand({ name, json: options.json === true, wires }))
    })
}

function addLedger(program: Command, wires: Wires, finish: Finish): void {
  const runs = program
    .command('runs')
    .description('list past plans and runs, the newest first')
    .option('--host <name>', 'only those with results of this host')
    .option('--playbook <file>', "only those of this playbook: its path, or the end of it ('site.yml')")
    .option('--since <time>', 'only those since then: 2d, 36h, 2026-11-20, 2026-11-20T08:00')
    .option('--failed', 'only those that failed or were broken off')
    .option('--limit <number>', 'at most this many', '20')
    .option('--ledger <file>', LEDGER)
    .option('--json', 'JSON instead of text')
    .addHelpText(
      'after',
      examples([
        'weft runs',
        'weft runs --host leaf-101 --since 2d',
        'weft runs --failed --json',
        'weft runs prune --older-than 90d',
      ]),
    )
    .action(async options => {
      const { runsCommand } = await import('./runs-command.ts')
      finish(await runsCommand({ options, wires }))
    })
  addPrune(runs, wires, finish)
  program
    .command('show')
    .description('show a past plan or run: who, why, what happened, and what became of each intended change')
    .argument('<run>', "its id, a beginning of it, or 'last'")
    .option('--ledger <file>', LEDGER)
    .option('--json', 'JSON with every event and intent instead of text')
    .addHelpText('after', examples(['weft show last', 'weft show 20260102T030405', 'weft show last --json']))
    .action(async (id: string, options) => {
      const { showCommand } = await import('./runs-command.ts')
      finish(await showCommand({ id, options, wires }))
    })
}

function addPrune(runs: Command, wires: Wires, finish: Finish): void {
  runs
    .command('prune')
    .description('show which runs are past their time, and with --yes forget them')
    .option('--older-than <age>', 'runs that began longer ago: 90d, 12w, 36h')
    .option('--keep <number>', 'keep this many of the newest; with --older-than a run goes only when both say so')
    .option('--yes', 'forget them; without it nothing is changed')
    .option('--ledger <file>', LEDGER)
    .option('--json', 'JSON instead of text')
    .addHelpText(
      'after',
      examples(['weft runs prune --older-than 90d', 'weft runs prune --older-than 90d --keep 1000 --yes']),
    )
    .action(async (_, command: Command) => {
      const { pruneCommand } = await import('./ledger/prune-command.ts')
      // --ledger and --json stand at `runs` too, which takes them first.
      finish(await pruneCommand({ options: command.optsWithGlobals(), wires }))
    })
}

function addCompletion(program: Command, wires: Wires, finish: Finish): void {
  program
    .command('completion')
    .description('print a completion script for your shell')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      examples([
        'weft completion bash > ~/.local/share/bash-completion/completions/weft',
        'weft completion fish | source',
      ]),
    )
    .action(async (shell: string) => {
      const { completionCommand } = await import('./completion/completion-command.ts')
      finish(await completionCommand({ shell, program, wires }))
    })
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map(line => `  ${line}`).join('\n')}\n`
}

/** commander's own ends (help, version, usage errors) as exit codes: usage errors are invalid input. */
export function exitOfCommander(error: unknown, invalidInput: ExitCode): ExitCode | null {
  if (!(error instanceof CommanderError)) return null
  return error.exitCode === 0 ? 0 : invalidInput
}
