/**
 * The requirements of one optional extra, from the text of a wheel's METADATA file (core metadata 2.1).
 * @param {string} metadata
 * @param {string} extra e.g. `and-cuda`
 * @returns {string[]} as pip takes them, e.g. `nvidia-cublas-cu12<13.0,>=12.5.3.2`; conditions other than the extra
 *   stay behind a `;` for pip to judge
 */
export function requirementsOfExtra(metadata, extra) {
  const head = metadata.replace(/\r\n/g, '\n').split('\n\n', 1)[0]
  const requirements = []
  for (const [, line] of head.matchAll(/^Requires-Dist:\s*(.+)$/gm)) {
    const [requirement, condition = ''] = line.split(/\s*;\s*/, 2)
    const clause = new RegExp(`\\(?\\s*extra\\s*==\\s*(['"])${extra.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1\\s*\\)?`)
    if (!clause.test(condition)) continue
    const rest = condition.replace(clause, '').trim().replace(/^and\s+|\s+and$/g, '')
    requirements.push(rest === '' ? requirement.trim() : `${requirement.trim()}; ${rest}`)
  }
  return requirements
}

/**
 * @param {string} file a wheel's file name
 * @returns {{name: string, version: string}} the name in the index's spelling (lower case, hyphens)
 */
export function wheelIdentity(file) {
  const [name = '', version = ''] = file.split('-')
  return { name: name.toLowerCase().replace(/[-_.]+/g, '-'), version }
}
