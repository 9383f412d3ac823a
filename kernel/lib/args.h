/* Splitting a parameter text: name=value, name="a b", name; separated by white space. */
#ifndef LIB_ARGS_H
#define LIB_ARGS_H
/*
 * Takes the first parameter off text, which it modifies: *name, and *value or NULL when there is no =. Quotes around
 * the value (or the whole) are removed. Returns the rest, at its first character that is no white space.
 */
char *args_next(char *text, char **name, char **value);
#endif
