/** Style rules, one by one, as the build cuts them. */
declare module '*.css' {
  const rules: readonly string[];
  export default rules;
}
