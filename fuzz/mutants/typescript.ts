import { CouldNotRun } from '../../reports/command.ts'

/** The compiler's API: what reads the sources and takes the types out of them. */
export type TypeScript = typeof import('typescript')

/**
 * Loads the compiler, which is there in a checkout and not with the package.
 *
 * @throws {CouldNotRun} without it
 */
export async function loadTypeScript(): Promise<TypeScript> {
  try {
    const { default: typescript } = await import('typescript')
    return typescript
  } catch (cause) {
    throw new CouldNotRun(
      'found no package typescript, wanted a checkout of picklespec with its development packages: npm ci',
      { cause },
    )
  }
}

/** A source as the build makes it: the types are out, imports name the file that comes of it. */
export function transpiled(
  typescript: TypeScript,
  text: string,
  transformers?: import('typescript').CustomTransformers,
): string {
  const { outputText } = typescript.transpileModule(text, {
    compilerOptions: {
      target: typescript.ScriptTarget.ES2023,
      module: typescript.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      useDefineForClassFields: false,
      rewriteRelativeImportExtensions: true,
    },
    ...(transformers !== undefined && { transformers }),
  })
  return outputText
}
