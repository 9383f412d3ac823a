/*
 * parser: tokens to syntax tree, by recursive descent over the grammar of POSIX.1-2017, XCU 2.10.
 *
 * Nothing is run here and no variable is looked at; aliases are the only state of the shell that
 * matters. After an error p->failed is set, all tokens read as TOKEN_END, and every function
 * returns quickly with what it has.
 */
#include <stdio.h>
#include <string.h>
#include "sh.h"

#define NESTING_MAX 200

static struct node *parse_list(struct parser *p);
static struct node *parse_and_or(struct parser *p);

void parser_start(struct parser *p, struct source *source, struct arena *arena)
{
	memset(p, 0, sizeof(*p));
	p->source = source;
	p->arena = arena;
	p->line = 1;
	p->bodies_tail = &p->bodies;
	p->aliases = true;
}

void parser_finish(struct parser *p)
{
	while (p->source->below) {
		struct source *s = p->source;

		p->source = s->below;
		alias_done(s);
	}
	strbuf_free(&p->text);
}

static struct node *node_new(struct parser *p, enum node_kind kind)
{
	struct node *node = arena_get(p->arena, sizeof(*node));

	node->kind = kind;
	node->line = p->token_line;
	return node;
}

static struct word *word_new(struct parser *p)
{
	struct word *word = arena_get(p->arena, sizeof(*word));

	word->parts = p->parts;
	return word;
}

/* What the user sees as the current token. */
static const char *token_text(struct parser *p)
{
	static const char *const names[] = {
		[TOKEN_NONE] = "token",
		[TOKEN_END] = "end of input",
		[TOKEN_NEWLINE] = "newline",
		[TOKEN_WORD] = "word",
		[TOKEN_REDIR] = "redirection",
		[TOKEN_SEMICOLON] = ";",
		[TOKEN_DOUBLE_SEMICOLON] = ";;",
		[TOKEN_AMPERSAND] = "&",
		[TOKEN_AND] = "&&",
		[TOKEN_OR] = "||",
		[TOKEN_PIPE] = "|",
		[TOKEN_OPEN] = "(",
		[TOKEN_CLOSE] = ")",
	};

	if (p->token == TOKEN_WORD && p->literal)
		return p->literal;
	return names[p->token];
}

static void unexpected(struct parser *p)
{
	token_peek(p);
	syntax_error(p, "%s unexpected", token_text(p));
}

/* Is the token this reserved word? */
static bool at_word(struct parser *p, const char *word)
{
	return token_peek(p) == TOKEN_WORD && p->literal && !strcmp(p->literal, word);
}

static void expect_word(struct parser *p, const char *word)
{
	if (at_word(p, word)) {
		token_take(p);
	} else {
		token_peek(p);
		syntax_error(p, "%s unexpected (expecting %s)", token_text(p), word);
	}
}

static void newlines_skip(struct parser *p)
{
	while (token_peek(p) == TOKEN_NEWLINE)
		token_take(p);
}

/*
 * Replace the command word by its alias's text, if it has one that is not being expanded already.
 */
static bool alias_expand(struct parser *p)
{
	if (!p->aliases || token_peek(p) != TOKEN_WORD || !p->literal)
		return false;
	struct source *s = alias_source(p->literal, p->source);

	if (!s)
		return false;
	p->token = TOKEN_NONE;
	p->source = s;
	return true;
}

/* ---- words and redirections ---- */

static void redir_parse(struct parser *p, struct redir ***tail)
{
	struct redir *redir = arena_get(p->arena, sizeof(*redir));

	redir->kind = p->redir;
	redir->fd = p->fd;
	redir->strip_tabs = p->strip_tabs;
	token_take(p);
	if (token_peek(p) != TOKEN_WORD) {
		unexpected(p);
		return;
	}
	redir->target = p->parts;
	if (redir->kind == REDIR_TEXT) {
		redir->delimiter = parts_plain_text(p->arena, p->parts, &redir->literal);
		*p->bodies_tail = redir;
		p->bodies_tail = &redir->next_body;
	}
	token_take(p);
	**tail = redir;
	*tail = &redir->next;
}

static void redirs_parse(struct parser *p, struct node *node)
{
	struct redir **tail = &node->redirs;

	while (token_peek(p) == TOKEN_REDIR)
		redir_parse(p, &tail);
}

/* Is the current word name=value? Then make it an assignment. */
static struct assign *assign_parse(struct parser *p)
{
	struct part *first = p->parts;
	struct assign *assign;
	size_t n;

	if (!first || first->kind != PART_TEXT || first->quoted)
		return NULL;
	n = name_length(first->text);
	if (!n || first->text[n] != '=')
		return NULL;
	assign = arena_get(p->arena, sizeof(*assign));
	assign->name = arena_copy(p->arena, first->text, n);
	first->text += n + 1;
	assign->value = *first->text ? first : first->next;
	return assign;
}

static struct node *function_parse(struct parser *p, const char *name);

static struct node *simple_parse(struct parser *p)
{
	struct node *node = node_new(p, NODE_SIMPLE);
	struct assign **assigns = &node->assigns;
	struct word **words = &node->words;
	struct redir **redirs = &node->redirs;
	size_t start = p->token_start;

	for (;;) {
		enum token token = token_peek(p);

		if (token == TOKEN_REDIR) {
			redir_parse(p, &redirs);
			continue;
		}
		if (token == TOKEN_OPEN && node->words && !node->words->next && !node->assigns &&
		    !node->redirs && word_literal(node->words->parts))
			return function_parse(p, word_literal(node->words->parts));
		if (token != TOKEN_WORD)
			break;
		if (!node->words && (*assigns = assign_parse(p))) {
			assigns = &(*assigns)->next;
			token_take(p);
			continue;
		}
		if (((!node->words && (node->assigns || node->redirs)) || p->alias_next) &&
		    (p->alias_next = false, alias_expand(p)))
			continue;
		*words = word_new(p);
		words = &(*words)->next;
		token_take(p);
	}
	p->alias_next = false;
	if (token_peek(p) == TOKEN_OPEN || (!node->words && !node->assigns && !node->redirs))
		unexpected(p);
	if (p->keep_text && p->token_end > start)
		node->text = arena_copy(p->arena, strbuf_text(&p->text) + start,
					p->token_end - start);
	return node;
}

/* ---- compound commands ---- */

static struct node *if_parse(struct parser *p)
{
	struct node *node = node_new(p, NODE_IF);

	token_take(p);
	node->test = parse_list(p);
	expect_word(p, "then");
	node->child = parse_list(p);
	if (at_word(p, "elif")) {
		node->other = if_parse(p);
		return node;
	}
	if (at_word(p, "else")) {
		token_take(p);
		node->other = parse_list(p);
	}
	expect_word(p, "fi");
	return node;
}

static struct node *do_group(struct parser *p)
{
	struct node *body;

	expect_word(p, "do");
	body = parse_list(p);
	expect_word(p, "done");
	return body;
}

static struct node *while_parse(struct parser *p, enum node_kind kind)
{
	struct node *node = node_new(p, kind);

	token_take(p);
	node->test = parse_list(p);
	node->child = do_group(p);
	return node;
}

static struct node *for_parse(struct parser *p)
{
	struct node *node = node_new(p, NODE_FOR);
	struct word **tail = &node->words;

	token_take(p);
	if (token_peek(p) != TOKEN_WORD || !p->literal ||
	    name_length(p->literal) != strlen(p->literal) || !*p->literal) {
		syntax_error(p, "bad for loop variable");
		return node;
	}
	node->name = p->literal;
	token_take(p);
	if (token_peek(p) == TOKEN_SEMICOLON)
		token_take(p);
	newlines_skip(p);
	if (at_word(p, "in")) {
		token_take(p);
		node->words_given = true;
		for (; token_peek(p) == TOKEN_WORD; token_take(p)) {
			*tail = word_new(p);
			tail = &(*tail)->next;
		}
		if (token_peek(p) != TOKEN_SEMICOLON && token_peek(p) != TOKEN_NEWLINE)
			unexpected(p);
		token_take(p);
		newlines_skip(p);
	}
	node->child = do_group(p);
	return node;
}

static struct case_item *case_item_parse(struct parser *p)
{
	struct case_item *item = arena_get(p->arena, sizeof(*item));
	struct word **tail = &item->patterns;

	if (token_peek(p) == TOKEN_OPEN)
		token_take(p);
	for (;;) {
		if (token_peek(p) != TOKEN_WORD) {
			unexpected(p);
			return item;
		}
		*tail = word_new(p);
		tail = &(*tail)->next;
		token_take(p);
		if (token_peek(p) != TOKEN_PIPE)
			break;
		token_take(p);
	}
	if (token_peek(p) != TOKEN_CLOSE)
		unexpected(p);
	token_take(p);
	item->body = parse_list(p);
	if (token_peek(p) == TOKEN_DOUBLE_SEMICOLON)
		token_take(p);
	else if (!at_word(p, "esac"))
		unexpected(p);
	newlines_skip(p);
	return item;
}

static struct node *case_parse(struct parser *p)
{
	struct node *node = node_new(p, NODE_CASE);
	struct case_item **tail = &node->items;

	token_take(p);
	if (token_peek(p) != TOKEN_WORD) {
		unexpected(p);
		return node;
	}
	node->words = word_new(p);
	token_take(p);
	newlines_skip(p);
	expect_word(p, "in");
	newlines_skip(p);
	while (!p->failed && !at_word(p, "esac")) {
		*tail = case_item_parse(p);
		tail = &(*tail)->next;
	}
	expect_word(p, "esac");
	return node;
}

static struct node *group_parse(struct parser *p)
{
	struct node *node = node_new(p, NODE_GROUP);

	token_take(p);
	node->child = parse_list(p);
	expect_word(p, "}");
	return node;
}

static struct node *subshell_parse(struct parser *p)
{
	struct node *node = node_new(p, NODE_SUBSHELL);

	token_take(p);
	node->child = parse_list(p);
	if (token_peek(p) != TOKEN_CLOSE)
		unexpected(p);
	token_take(p);
	return node;
}

/* A compound command with its redirections; NULL if the token begins none. */
static struct node *compound_parse(struct parser *p)
{
	struct node *node = NULL;

	if (token_peek(p) == TOKEN_OPEN)
		node = subshell_parse(p);
	else if (at_word(p, "{"))
		node = group_parse(p);
	else if (at_word(p, "if"))
		node = if_parse(p);
	else if (at_word(p, "while"))
		node = while_parse(p, NODE_WHILE);
	else if (at_word(p, "until"))
		node = while_parse(p, NODE_UNTIL);
	else if (at_word(p, "for"))
		node = for_parse(p);
	else if (at_word(p, "case"))
		node = case_parse(p);
	if (node)
		redirs_parse(p, node);
	return node;
}

/* name was taken, `(` is the token. */
static struct node *function_parse(struct parser *p, const char *name)
{
	struct node *node = node_new(p, NODE_FUNCTION);

	token_take(p);
	if (token_peek(p) != TOKEN_CLOSE)
		unexpected(p);
	token_take(p);
	newlines_skip(p);
	node->name = name;
	node->arena = p->arena;
	node->child = compound_parse(p);
	if (!node->child)
		unexpected(p);
	return node;
}

/* ---- lists ---- */

/* Words that end a list and so cannot begin a command. */
static bool at_terminator(struct parser *p)
{
	static const char *const words[] = {
		"then", "do", "done", "fi", "elif", "else", "esac", "}"
	};

	switch (token_peek(p)) {
	case TOKEN_WORD:
		for (size_t i = 0; p->literal && i < sizeof(words) / sizeof(words[0]); i++)
			if (!strcmp(p->literal, words[i]))
				return true;
		return false;
	case TOKEN_END:
	case TOKEN_CLOSE:
	case TOKEN_DOUBLE_SEMICOLON:
		return true;
	default:
		return false;
	}
}

static struct node *command_parse(struct parser *p)
{
	struct node *node;

	while (alias_expand(p))
		;
	node = compound_parse(p);
	if (node)
		return node;
	if (at_terminator(p))
		unexpected(p);
	return simple_parse(p);
}

static struct node *pipeline_parse(struct parser *p)
{
	struct node *first, *node, **tail;
	bool negate = false;
	size_t start;

	token_peek(p);
	start = p->token_start;
	while (at_word(p, "!")) {
		token_take(p);
		negate = !negate;
	}
	node = first = command_parse(p);
	if (token_peek(p) == TOKEN_PIPE) {
		node = node_new(p, NODE_PIPELINE);
		node->child = first;
		tail = &first->next;
		while (token_peek(p) == TOKEN_PIPE) {
			token_take(p);
			newlines_skip(p);
			*tail = command_parse(p);
			tail = &(*tail)->next;
		}
	}
	if (p->keep_text && !node->text && p->token_end > start)
		node->text = arena_copy(p->arena, strbuf_text(&p->text) + start,
					p->token_end - start);
	if (negate) {
		struct node *not = node_new(p, NODE_NOT);

		not ->child = node;
		return not ;
	}
	return node;
}

static struct node *parse_and_or(struct parser *p)
{
	struct node *left = pipeline_parse(p);

	while (token_peek(p) == TOKEN_AND || token_peek(p) == TOKEN_OR) {
		struct node *node = node_new(p, token_peek(p) == TOKEN_AND ? NODE_AND : NODE_OR);

		token_take(p);
		newlines_skip(p);
		node->child = left;
		node->other = pipeline_parse(p);
		left = node;
	}
	return left;
}

/* One and-or list with the separator behind it. *more: another command may follow on the line. */
static struct node *item_parse(struct parser *p, bool *more)
{
	size_t start;
	struct node *node;

	token_peek(p);
	start = p->token_start;
	node = parse_and_or(p);
	*more = true;
	if (token_peek(p) == TOKEN_AMPERSAND) {
		struct node *async = node_new(p, NODE_ASYNC);

		if (p->token_end > start)
			async->text = arena_copy(p->arena, strbuf_text(&p->text) + start,
						 p->token_end - start);
		async->child = node;
		node = async;
		token_take(p);
	} else if (token_peek(p) == TOKEN_SEMICOLON) {
		token_take(p);
	} else {
		*more = false;
	}
	return node;
}

static struct node *list_wrap(struct parser *p, struct node *first)
{
	struct node *list;

	if (!first || !first->next)
		return first;
	list = node_new(p, NODE_LIST);
	list->line = first->line;
	list->child = first;
	return list;
}

/*
 * A list of lines up to a terminator, which is left. An empty one is an error, as the grammar says.
 */
static struct node *list_parse_lines(struct parser *p)
{
	struct node *first = NULL, **tail = &first;
	bool more;

	if (++p->depth > NESTING_MAX)
		syntax_error(p, "nested too deeply");
	newlines_skip(p);
	while (!p->failed && !at_terminator(p)) {
		*tail = item_parse(p, &more);
		tail = &(*tail)->next;
		if (!more && token_peek(p) != TOKEN_NEWLINE)
			break;
		newlines_skip(p);
	}
	p->depth--;
	return list_wrap(p, first);
}

static struct node *parse_list(struct parser *p)
{
	struct node *list = list_parse_lines(p);

	if (!list && token_peek(p) != TOKEN_DOUBLE_SEMICOLON && !at_word(p, "esac"))
		unexpected(p);
	return list;
}

struct node *parse_substitution(struct parser *p)
{
	/* A word is being read: no token is looked at, but one may hold data. */
	const char *literal = p->literal;
	bool alias_next = p->alias_next;
	size_t start = p->token_start;
	int line = p->token_line;
	struct node *list;

	p->token = TOKEN_NONE;
	p->alias_next = false;
	list = list_parse_lines(p);
	if (token_peek(p) != TOKEN_CLOSE)
		unexpected(p);
	p->token = TOKEN_NONE;
	p->literal = literal;
	p->alias_next = alias_next;
	p->token_start = start;
	p->token_line = line;
	return list;
}

struct node *parse_all(struct parser *p)
{
	struct node *list = list_parse_lines(p);

	if (token_peek(p) != TOKEN_END)
		unexpected(p);
	return list;
}

struct node *parse_command(struct parser *p)
{
	struct node *first = NULL, **tail = &first;
	bool more = true;

	p->token = TOKEN_NONE;
	p->failed = p->continuation = p->alias_next = false;
	p->bodies = NULL;
	p->bodies_tail = &p->bodies;
	strbuf_reset(&p->text);
	while (more && !p->failed && token_peek(p) != TOKEN_NEWLINE && token_peek(p) != TOKEN_END) {
		*tail = item_parse(p, &more);
		tail = &(*tail)->next;
	}
	if (token_peek(p) != TOKEN_NEWLINE && token_peek(p) != TOKEN_END)
		unexpected(p);
	return p->failed ? NULL : list_wrap(p, first);
}
