"""Spellings of one thing brought to one form, before anything is judged by its form."""

from sqlglot import exp

from assistant.query.guard.context import Context, folded


def normalise(expression: exp.Expr, context: Context) -> exp.Expr:
    """Before: if(a, B, "c"), percentile_cont(p) WITHIN GROUP (ORDER BY x)

    After:  CASE WHEN a THEN b ELSE c END, quantile_cont(x, p)
    """
    _spell_columns(expression, context)
    for node in list(expression.find_all(exp.If)):
        if not isinstance(node.parent, exp.Case):
            default = node.args.get("false")
            node.replace(exp.Case(ifs=[exp.If(this=node.this, true=node.args["true"])], default=default))
    for group in list(expression.find_all(exp.WithinGroup)):
        quantile, order = group.this, group.expression
        ascending = len(order.expressions) == 1 and not order.expressions[0].args.get("desc")
        if isinstance(quantile, exp.PercentileCont | exp.PercentileDisc) and ascending and not quantile.expression:
            value = order.expressions[0].this
            group.replace(type(quantile)(this=value.copy(), expression=quantile.this.copy()))
    return expression


def _spell_columns(expression: exp.Expr, context: Context) -> None:
    """Columns in one spelling: the engine knows no case, and expressions are compared as they are."""
    known = {name for table in context.policy.tables.values() for name in table.columns}
    for column in expression.find_all(exp.Column):
        name = folded(column.name)
        if name in known and isinstance(column.this, exp.Identifier):
            column.set("this", exp.to_identifier(name, quoted=False))
        table = column.args.get("table")
        if isinstance(table, exp.Identifier):
            table.set("this", folded(table.name))
