/* The red-black tree's functions for modules. */
#include <linux/export.h>
#include <linux/rbtree.h>

EXPORT_SYMBOL(rb_insert_color);
EXPORT_SYMBOL(rb_erase);
EXPORT_SYMBOL(rb_first);
EXPORT_SYMBOL(rb_last);
EXPORT_SYMBOL(rb_next);
EXPORT_SYMBOL(rb_prev);
EXPORT_SYMBOL(rb_first_postorder);
EXPORT_SYMBOL(rb_next_postorder);
EXPORT_SYMBOL(rb_replace_node);
