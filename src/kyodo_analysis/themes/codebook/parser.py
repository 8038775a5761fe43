"""From tokens to a syntax tree, with MySQL's ranks of operators, which KH Coder relies on."""

from collections.abc import Callable, Sequence

from kyodo_analysis.themes.codebook.atoms import OPERATORS, AtomError, Token, read_atom
from kyodo_analysis.themes.codebook.syntax import Chain, Node, Prefix

_RANKS = (("or",), ("and",), ("not",), (">", ">=", "<", "<=", "=="), ("+", "-"), ("*", "/"))
_NOT_RANK, _COMPARISON_RANK = 2, 3
_SIGNS = ("!", "+", "-")
_DEEPEST = 40


class RuleSyntaxError(ValueError):
    """A rule that KH Coder refuses: the line, what stands there, what to do."""

    def __init__(self, line: int, found: str, action: str) -> None:
        self.line, self.found, self.action = line, found, action
        super().__init__(found)


def parse_rule(tokens: Sequence[Token]) -> Node:
    """Parse the tokens of one rule.

    Raises
    ------
    RuleSyntaxError
        The first place that cannot be understood.
    """
    return _Parser(tokens).parse()


class _Parser:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = [
            (operator, token)
            for token in tokens
            for operator in OPERATORS.get(token.text.lower(), (None,))
        ]
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        tree = self._chain(0)
        if self._at < len(self._tokens):
            raise self._unexpected()
        return tree

    def _operator(self) -> str | None:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else None

    def _chain(self, rank: int) -> Node:
        if rank == len(_RANKS):
            return self._operand()
        if rank == _NOT_RANK:
            return self._negation()
        first, rest = self._chain(rank + 1), []
        while (operator := self._operator()) in _RANKS[rank]:
            self._at += 1
            rest.append((str(operator), self._chain(rank + 1)))
            if rank == _COMPARISON_RANK and len(rest) > _DEEPEST:
                raise self._too_deep()
        return Chain(first, tuple(rest)) if rest else first

    def _negation(self) -> Node:
        if self._operator() != "not":
            return self._chain(_NOT_RANK + 1)
        self._at += 1
        return Prefix("not", self._nested(self._negation))

    def _operand(self) -> Node:
        if self._at == len(self._tokens):
            raise self._unexpected()
        operator, token = self._tokens[self._at]
        if operator == "(":
            return self._parenthesis()
        if operator in _SIGNS:
            self._at += 1
            return Prefix(operator, self._nested(self._operand))
        if operator is not None:
            raise self._unexpected()
        self._at += 1
        try:
            return read_atom(token.text)
        except AtomError as error:
            raise RuleSyntaxError(token.line, error.found, error.action) from error

    def _parenthesis(self) -> Node:
        opening = self._tokens[self._at][1]
        self._at += 1
        tree = self._nested(lambda: self._chain(0))
        if self._operator() == ")":
            self._at += 1
            return tree
        if self._at < len(self._tokens):
            raise self._unexpected()
        raise RuleSyntaxError(
            opening.line,
            "「 ( 」が閉じていません",
            "対応する「 ) 」を、前後に空白を入れて書いてください",
        )

    def _nested(self, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._too_deep()
        tree = read()
        self._depth -= 1
        return tree

    def _too_deep(self) -> RuleSyntaxError:
        return RuleSyntaxError(
            self._tokens[self._at - 1][1].line,
            f"かっこや not や比べる記号が{_DEEPEST}段を超えて重なっています",
            "コードを分けて <＊コード名> で組み合わせてください",
        )

    def _unexpected(self) -> RuleSyntaxError:
        before = self._tokens[self._at - 1] if self._at else None
        if self._at == len(self._tokens):
            last = self._tokens[-1][1]
            return RuleSyntaxError(
                last.line, f"「{last.text}」のあとに語がありません", "続きの語を書いてください"
            )
        operator, token = self._tokens[self._at]
        if before and before[0] in (None, ")") and operator in (None, "(", "not", "!"):
            return RuleSyntaxError(
                token.line,
                f"「{before[1].text}」と「{token.text}」の間に and や or がありません",
                "or、and などを前後に空白を入れて書くか、1つの語なら空白を除いてください",
            )
        return RuleSyntaxError(
            token.line,
            f"「{token.text}」がここに来るのは文法に合いません",
            "前後の語と演算子を確かめてください",
        )
