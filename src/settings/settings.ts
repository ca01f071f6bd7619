import * as z from 'zod'

/** What a plan may start although the repository decides what it is. The others of a repository's ways to start something stay shut. */
export const STARTABLE = ['pipe', 'command', 'shell', 'copy', 'template', 'uri', 'kubeconfig', 'kustomize'] as const

/** The operator's own settings; docs/settings.md tells where their file is looked for. */
export const Settings = z.strictObject({
  allow_in_plan: z
    .array(z.enum(STARTABLE))
    .default([])
    .describe(
      'What a plan may start: pipe (the lookups pipe and lines), modules whose tasks say check_mode: false, what a kubeconfig of the repository logs in with (kubeconfig), git for the bases of a kustomization (kustomize).',
    ),
  roots: z
    .array(z.string().startsWith('/', 'a folder of roots is written from / on'))
    .default([])
    .describe('Folders beside the repository that templates, variables and tasks may be taken from.'),
  inventory_scripts: z
    .union([z.boolean(), z.array(z.string().startsWith('/'))], {
      error: 'inventory_scripts is true, false, or a list of files and folders that are written from / on',
    })
    .default(false)
    .describe(
      'Inventories that are programs and may be started: all, none, or these files and those below these folders.',
    ),
})
export type Settings = z.infer<typeof Settings>
