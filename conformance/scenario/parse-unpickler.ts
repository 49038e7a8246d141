import { given, readBoolean, readEach, readFields, readText } from './json-fields.ts'
import { unpicklerAttributeNames } from './names.ts'
import { parseHook } from './parse-hook.ts'
import type { Place } from './place.ts'
import { at } from './place.ts'
import type { Reading } from './reading.ts'
import type { UnpicklerAttributes, UnpicklerSettings } from './scenario.ts'

const settings = ['fix_imports', 'encoding', 'errors', 'buffers', 'subclass', 'instance'] as const

/** Reads how the unpicklers of `load` steps are made. */
export function parseUnpickler(reading: Reading, json: unknown, place: Place): UnpicklerSettings {
  const fields = readFields(json, place, 'the unpickler', settings)
  return {
    ...(fields['fix_imports'] !== undefined && {
      fix_imports: readBoolean(fields['fix_imports'], at(place, 'fix_imports')),
    }),
    ...(fields['encoding'] !== undefined && {
      encoding: readText(fields['encoding'], at(place, 'encoding'), 'the name of an encoding'),
    }),
    ...(fields['errors'] !== undefined && {
      errors: readText(fields['errors'], at(place, 'errors'), 'the name of an error handler'),
    }),
    ...(fields['buffers'] !== undefined && {
      buffers: readEach(fields['buffers'], at(place, 'buffers'), 'a list of values', (item, here) =>
        reading.parsers.value(reading, item, here, 'once'),
      ),
    }),
    ...parseHolder(reading, fields['subclass'], at(place, 'subclass'), 'subclass'),
    ...parseHolder(reading, fields['instance'], at(place, 'instance'), 'instance'),
  }
}

/** What the class or the instance has; without any attribute it is as if it were not there. */
function parseHolder(
  reading: Reading,
  json: unknown,
  place: Place,
  holder: 'subclass' | 'instance',
): Pick<UnpicklerSettings, 'subclass' | 'instance'> {
  const isAbsent = holder === 'subclass' && given(json, null) === null
  const attributes = isAbsent ? {} : parseAttributes(reading, given(json, {}), place)
  return Object.keys(attributes).length === 0 ? {} : { [holder]: attributes }
}

function parseAttributes(reading: Reading, json: unknown, place: Place): UnpicklerAttributes {
  const what = 'attributes of the unpickler'
  const fields = readFields(json, place, what, unpicklerAttributeNames)
  return Object.fromEntries(
    unpicklerAttributeNames
      .filter((name) => fields[name] !== undefined)
      .map((name) => [name, parseHook(reading, fields[name], at(place, name), 'once')]),
  )
}
