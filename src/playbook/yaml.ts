/** The YAML reader lives below src/inventory, which must not look up here; playbooks are read by the same one. */
export { parseYaml, readYamlFile } from '../inventory/yaml.ts'
