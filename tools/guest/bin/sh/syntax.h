/* The syntax tree, and reading it from a source of text. */
#ifndef SH_SYNTAX_H
#define SH_SYNTAX_H

#include <stdbool.h>
#include "../../lib/strbuf.h"
#include "arena.h"

/* One stretch of a word. */
enum part_kind {
	PART_TEXT,    /* text as it stands */
	PART_PARAM,   /* $name, ${name op argument} */
	PART_COMMAND, /* $(command), `command` */
	PART_ARITH,   /* $((expression)) */
};

/* What ${name op argument} does. Those behind PARAM_USE_FIRST may have a colon. */
enum param_op {
	PARAM_VALUE,
	PARAM_LENGTH,	     /* ${#name} */
	PARAM_CUT_FRONT,     /* # */
	PARAM_CUT_FRONT_BIG, /* ## */
	PARAM_CUT_BACK,	     /* % */
	PARAM_CUT_BACK_BIG,  /* %% */
	PARAM_DEFAULT,	     /* - */
	PARAM_ASSIGN,	     /* = */
	PARAM_REQUIRE,	     /* ? */
	PARAM_ALTERNATIVE,   /* + */
};

struct part {
	struct part *next;
	enum part_kind kind;
	bool quoted;	       /* inside double quotes, or text that was quoted in any way */
	bool colon;	       /* PARAM: an empty value counts as unset */
	enum param_op op;      /* PARAM */
	const char *text;      /* TEXT: the text; PARAM: the name */
	struct part *argument; /* PARAM: behind the operator; ARITH: the expression */
	struct node *command;  /* COMMAND: may be NULL (nothing to run) */
};

struct word {
	struct word *next;
	struct part *parts; /* NULL: the empty word of an empty assignment or here-document */
};

struct assign {
	struct assign *next;
	const char *name;
	struct part *value;
};

enum redir_kind {
	REDIR_READ,	   /* <  */
	REDIR_WRITE,	   /* >  */
	REDIR_CLOBBER,	   /* >| */
	REDIR_APPEND,	   /* >> */
	REDIR_BOTH_WAYS,   /* <> */
	REDIR_DUP,	   /* <& >& : target is a number or - */
	REDIR_TEXT,	   /* << <<- : target is the body */
	REDIR_STRING,	   /* <<< */
	REDIR_OUT_ERR,	   /* &> : standard output and error */
	REDIR_OUT_ERR_ADD, /* &>> */
};

struct redir {
	struct redir *next;
	enum redir_kind kind;
	int fd;
	struct part *target;
	/* While a here-document's body is still to come: */
	struct redir *next_body;
	const char *delimiter;
	bool strip_tabs, literal;
};

enum node_kind {
	NODE_SIMPLE,
	NODE_PIPELINE, /* child: its commands */
	NODE_NOT,      /* child: one pipeline */
	NODE_AND,      /* child, other */
	NODE_OR,
	NODE_LIST,     /* child: commands one after the other */
	NODE_ASYNC,    /* child: one command */
	NODE_GROUP,    /* child */
	NODE_SUBSHELL, /* child */
	NODE_IF,       /* test, child, other */
	NODE_WHILE,    /* test, child */
	NODE_UNTIL,
	NODE_FOR,      /* name, words (or "$@" when !words_given), child */
	NODE_CASE,     /* words (one), items */
	NODE_FUNCTION, /* name, child */
};

struct case_item {
	struct case_item *next;
	struct word *patterns;
	struct node *body; /* NULL: nothing */
};

struct node {
	enum node_kind kind;
	int line;	      /* of its first token, from 1 */
	bool words_given;     /* FOR: `in` was there */
	struct node *next;    /* in a list or pipeline */
	struct redir *redirs; /* SIMPLE and compound commands */
	struct node *test, *child, *other;
	struct assign *assigns;	 /* SIMPLE */
	struct word *words;	 /* SIMPLE, FOR, CASE */
	struct case_item *items; /* CASE */
	const char *name;	 /* FOR, FUNCTION */
	const char *text;	 /* PIPELINE, SIMPLE, ASYNC in an interactive shell: as typed */
	struct arena *arena;	 /* FUNCTION: what the tree lives in */
};

struct alias;

/*
 * Where text comes from. Whole lines are in memory, so that the reader can look ahead and step back
 * in one.
 */
struct source {
	struct source *below; /* read on there at the end of this one (aliases) */
	const char *at, *end; /* what is still to be read of the current text */
	/* More text; NULL or returning false: none. */
	bool (*refill)(struct source *source, bool continuation);
	int fd;		  /* for refill */
	bool seekable;	  /* fd can be stepped back, so that commands see what was not read */
	bool interrupted; /* refill ended because of ^C */
	struct strbuf buffer;
	struct alias *alias; /* which alias this text is the value of */
	bool next_too;	     /* the alias ends in a blank: the word behind it may be one as well */
};

enum token {
	TOKEN_NONE, /* nothing looked at */
	TOKEN_END,
	TOKEN_NEWLINE,
	TOKEN_WORD,
	TOKEN_REDIR,
	TOKEN_SEMICOLON,
	TOKEN_DOUBLE_SEMICOLON,
	TOKEN_AMPERSAND,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_PIPE,
	TOKEN_OPEN,
	TOKEN_CLOSE,
};

struct parser {
	struct source *source; /* the one to read now */
	struct arena *arena;   /* what nodes are allocated in */
	int line;	       /* current line, from 1 */
	int depth;	       /* nesting, limited */
	bool failed;	       /* a syntax error was found and reported */
	bool quiet;	       /* do not report it */
	bool at_end;	       /* the source has no more */
	bool continuation;     /* a command has begun */
	bool keep_text;	       /* fill node->text */
	bool aliases;	       /* expand aliases */
	/* The token looked at: */
	enum token token;
	struct part *parts;  /* WORD */
	const char *literal; /* WORD: its text if nothing in it is quoted or expanded, else NULL */
	enum redir_kind redir; /* REDIR */
	bool strip_tabs;       /* REDIR <<- */
	int fd;		       /* REDIR: the number before it, or its default */
	int token_line;
	size_t token_start;		     /* where in `text` */
	size_t token_end;		     /* end of the last token taken */
	bool alias_next;		     /* the last alias ended in a blank */
	struct redir *bodies, **bodies_tail; /* here-documents begun on this line */
	struct strbuf text;		     /* all that was read for the current command */
};

/* lexer.c */
void source_string(struct source *source, const char *text, size_t size);
void source_file(struct source *source, int fd);
int char_raw(struct parser *p);
int char_next(struct parser *p);
void char_back(struct parser *p, int c);
enum token token_peek(struct parser *p);
enum token token_take(struct parser *p);
void syntax_error(struct parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* words.c: the stretches of words. `mode` says what ends the word. */
enum word_mode { WORD_PLAIN, WORD_QUOTED, WORD_BRACE, WORD_BRACE_QUOTED, WORD_TEXT, WORD_ARITH };
struct part *word_parts(struct parser *p, enum word_mode mode);
const char *word_literal(const struct part *parts);
const char *parts_plain_text(struct arena *arena, const struct part *parts, bool *quoted);
size_t name_length(const char *text);

/*
 * Parse `size` bytes of text as a here-document is: expansions, no quotes. NULL when empty;
 * p->failed on error.
 */
struct part *text_parts(struct parser *p, const char *text, size_t size);

/* parser.c */
void parser_start(struct parser *p, struct source *source, struct arena *arena);
void parser_finish(struct parser *p);

/*
 * Read one complete command (to the end of its line). NULL when there is none: an empty line, the
 * end of the source (p->at_end) or a syntax error (p->failed, already reported).
 */
struct node *parse_command(struct parser *p);

/*
 * Read commands up to `)` (already inside the parentheses), which is taken. NULL: none, or
 * p->failed.
 */
struct node *parse_substitution(struct parser *p);

/* Read all of a source as one list. */
struct node *parse_all(struct parser *p);

#endif
