import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const typeScript = {
  extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
  rules: {
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
    '@typescript-eslint/consistent-type-definitions': 'off',
    '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  },
}

export default tseslint.config(
  { ignores: ['out', 'dist', 'node_modules', 'demo-output', 'bench-results', 'test-results', '.cache'] },
  { files: ['**/*.ts'], ...typeScript, languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.vue'] } } },
  ...pluginVue.configs['flat/recommended'].map((config) => ({ ...config, files: ['**/*.vue'] })),
  {
    files: ['**/*.vue'],
    ...typeScript,
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, projectService: true, extraFileExtensions: ['.vue'] } },
    rules: {
      ...typeScript.rules,
      // layout is for people
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multi-word-component-names': 'off',
      // types say which props may be absent
      'vue/require-default-prop': 'off',
    },
  },
)
