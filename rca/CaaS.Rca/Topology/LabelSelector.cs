using System.Text.RegularExpressions;

namespace CaaS.Rca.Topology;

/// <summary>Says whether labels fit a selector in Calico's language, such as
/// <c>app == 'cart' &amp;&amp; !has(debug)</c>.</summary>
/// <remarks>
/// Grammar: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors. A selector comes from
/// outside: one that is longer than <see cref="MaxLength"/>, nests deeper than <see cref="MaxDepth"/> or cannot be read
/// fits nobody. Immutable; O(length) to ask.
/// </remarks>
internal sealed partial class LabelSelector
{
    private const int MaxLength = 4096;
    private const int MaxDepth = 16;

    private readonly Func<Func<string, string?>, bool>? _fits;

    private LabelSelector(Func<Func<string, string?>, bool>? fits) => _fits = fits;

    /// <summary>Reads a selector.</summary>
    public static LabelSelector Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return new LabelSelector(null);
        }

        var tokens = Tokens().Matches(text).Select(match => match.Value.Trim());
        var reader = new Reader([.. tokens.Where(token => token.Length > 0)]);
        var fits = reader.Or(0);
        return new LabelSelector(reader.IsAtEnd ? fits : null);
    }

    /// <summary>True when labels fit.</summary>
    /// <param name="labels">Value of a label by its name; null when it is not there.</param>
    public bool Fits(Func<string, string?> labels) => _fits is not null && _fits(labels);

    [GeneratedRegex(
        """'[^']*'|"[^"]*"|&&|\|\||==|!=|[!(){},]|\bnot\s+in\b|\bstarts\s+with\b|\bends\s+with\b|[A-Za-z0-9_./-]+|\S""",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tokens();

    /// <summary>Reads tokens by recursive descent; null is what cannot be read.</summary>
    private sealed class Reader(string[] tokens)
    {
        private int _next;

        public bool IsAtEnd => _next == tokens.Length;

        private string Here => _next < tokens.Length ? tokens[_next] : "";

        public Func<Func<string, string?>, bool>? Or(int depth)
        {
            var left = And(depth);
            while (left is not null && TryTake("||"))
            {
                var (one, other) = (left, And(depth));
                left = other is null ? null : labels => one(labels) || other(labels);
            }

            return left;
        }

        private Func<Func<string, string?>, bool>? And(int depth)
        {
            var left = Unary(depth);
            while (left is not null && TryTake("&&"))
            {
                var (one, other) = (left, Unary(depth));
                left = other is null ? null : labels => one(labels) && other(labels);
            }

            return left;
        }

        private Func<Func<string, string?>, bool>? Unary(int depth)
        {
            if (depth > MaxDepth)
            {
                return null;
            }

            if (TryTake("!"))
            {
                return Unary(depth + 1) is { } inner ? labels => !inner(labels) : null;
            }

            if (TryTake("("))
            {
                var inner = Or(depth + 1);
                return TryTake(")") ? inner : null;
            }

            var word = Take();
            if (word is "all" or "global" && TryTake("("))
            {
                return TryTake(")") ? _ => true : null;
            }

            if (word == "has" && TryTake("("))
            {
                var name = Take();
                return TryTake(")") ? labels => labels(name) is not null : null;
            }

            return Compare(word, string.Join(' ', Take().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        }

        private Func<Func<string, string?>, bool>? Compare(string name, string how)
        {
            if (how is "in" or "not in")
            {
                var values = Set();
                return values is null ? null
                    : how == "in" ? labels => labels(name) is { } value && values.Contains(value)
                    : labels => labels(name) is not { } value || !values.Contains(value);
            }

            return Text() is not { } wanted ? null : how switch
            {
                "==" => labels => labels(name) == wanted,
                "!=" => labels => labels(name) != wanted,
                "contains" => labels => labels(name)?.Contains(wanted, StringComparison.Ordinal) == true,
                "starts with" => labels => labels(name)?.StartsWith(wanted, StringComparison.Ordinal) == true,
                "ends with" => labels => labels(name)?.EndsWith(wanted, StringComparison.Ordinal) == true,
                _ => null,
            };
        }

        private HashSet<string>? Set()
        {
            var values = new HashSet<string>(StringComparer.Ordinal);
            if (!TryTake("{"))
            {
                return null;
            }

            while (Text() is { } value)
            {
                values.Add(value);
                TryTake(",");
            }

            return TryTake("}") ? values : null;
        }

        /// <summary>A quoted text, or null, and then nothing is taken.</summary>
        private string? Text()
        {
            var isText = Here.Length >= 2 && Here[0] is '\'' or '"';
            return isText ? Take()[1..^1] : null;
        }

        private string Take() => _next < tokens.Length ? tokens[_next++] : "";

        private bool TryTake(string token)
        {
            var isIt = Here == token;
            _next += isIt ? 1 : 0;
            return isIt;
        }
    }
}
