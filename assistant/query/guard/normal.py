"""Spellings of one thing brought to one form, before anything is judged by its form."""

from sqlglot import exp

from assistant.query.guard.context import Context


def normalise(expression: exp.Expr, context: Context) -> exp.Expr:
    """Before: if(a, b, c), percentile_cont(p) WITHIN GROUP (ORDER BY x)

    After:  CASE WHEN a THEN b ELSE c END, quantile_cont(x, p)
    """
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
