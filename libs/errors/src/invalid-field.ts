import { ValidationFailed } from './catalogue/request';

export interface FieldProblem {
  readonly field: string; // with dots, as in `filters.from`
  readonly message: string;
}

/** VALIDATION_FAILED as bodies and queries are refused: the fields in its message and in its details. */
export const invalidFields = (problems: readonly FieldProblem[]): InstanceType<typeof ValidationFailed> =>
  new ValidationFailed(
    { summary: problems.map(({ field, message }) => `${field}: ${message}`).join('; ') },
    { details: problems },
  );
export const invalidField = (field: string, message: string): InstanceType<typeof ValidationFailed> =>
  invalidFields([{ field, message }]);

/** A list is asked to go on from where none of its pages ended. */
export const foreignCursor = (): InstanceType<typeof ValidationFailed> =>
  invalidField('cursor', 'is not the next_cursor of a page of this list');
