using System.Text;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Writes a pattern for people.</summary>
internal static class LogPatternText
{
    /// <summary>What stands for a value.</summary>
    public const string Any = "<*>";

    /// <summary>The text of a pattern.</summary>
    /// <param name="shapes">Shapes of its lines, oldest first, at least one; all have the same count of places.</param>
    /// <param name="isFree">Which places were found to vary.</param>
    public static string Of(IReadOnlyList<LogShape> shapes, ReadOnlySpan<bool> isFree)
    {
        var text = new StringBuilder();
        var first = shapes[0];
        for (var index = 0; index < first.Cells.Length; index++)
        {
            var cell = first.Cells[index];
            if (isFree[index])
            {
                text.Append(Any);
            }
            else if (cell.Count == 1)
            {
                Append(text, shapes, index, 0);
            }
            else if (IsSameLength(shapes, index))
            {
                for (var offset = 0; offset < cell.Count; offset++)
                {
                    Append(text, shapes, index, offset);
                }
            }
            else
            {
                text.Append(Any);
            }
        }

        return text.ToString();
    }

    private static bool IsSameLength(IReadOnlyList<LogShape> shapes, int cell)
    {
        var first = shapes[0].Cells[cell];
        foreach (var shape in shapes)
        {
            if (shape.Cells[cell].Count != first.Count || !HasSameKinds(shape, shapes[0], cell))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasSameKinds(LogShape shape, LogShape other, int cell)
    {
        for (var offset = 0; offset < other.Cells[cell].Count; offset++)
        {
            var one = shape.Tokens[shape.Cells[cell].First + offset];
            var two = other.Tokens[other.Cells[cell].First + offset];
            if (one.Key != two.Key)
            {
                return false;
            }
        }

        return true;
    }

    private static void Append(StringBuilder text, IReadOnlyList<LogShape> shapes, int cell, int offset)
    {
        var shape = shapes[0];
        var at = shape.Cells[cell].First + offset;
        var token = shape.Tokens[at];
        if (token.Kind == LogTokenKind.Value || (token.Kind == LogTokenKind.Soft && IsField(shape.Line, token)))
        {
            text.Append(Any);
        }
        else if (token.Kind == LogTokenKind.Soft && Varies(shapes, cell, offset))
        {
            text.Append(Stem(shapes, cell, offset)).Append(Any);
        }
        else
        {
            text.Append(shape.Line.AsSpan(token.Start, token.Length));
        }
    }

    /// <summary>What all names with hyphens have in common before the last of them.</summary>
    private static ReadOnlySpan<char> Stem(IReadOnlyList<LogShape> shapes, int cell, int offset)
    {
        var stem = shapes[0].Prefix(shapes[0].Cells[cell].First + offset);
        foreach (var shape in shapes)
        {
            stem = stem[..stem.CommonPrefixLength(shape.Prefix(shape.Cells[cell].First + offset))];
        }

        return stem.ContainsAny('.', '/', ':') ? [] : stem[..(stem.LastIndexOf('-') + 1)];
    }

    /// <summary>True for the value of a named field, but for null and the like.</summary>
    private static bool IsField(string line, in LogToken token) =>
        token.Context == LogTokenContext.Assigned && !LogText.IsClosed(line.AsSpan(token.Start, token.Length));

    private static bool Varies(IReadOnlyList<LogShape> shapes, int cell, int offset)
    {
        var first = shapes[0].Tokens[shapes[0].Cells[cell].First + offset];
        foreach (var shape in shapes)
        {
            var at = shape.Cells[cell].First + offset;
            if (shape.HasChanged(at) || shape.Tokens[at].Text != first.Text)
            {
                return true;
            }
        }

        return false;
    }
}
