using System.Runtime.InteropServices;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Puts the pieces of a line together into the places of a template.</summary>
/// <remarks>
/// Values in a row become one place, and so do groups of pieces that repeat: how long a list is does not make another
/// template. Slow path: once a shape.
/// </remarks>
internal static class LogCells
{
    private const int PeriodMax = 16;
    private const int RepeatsMin = 3;

    /// <summary>The places of a line.</summary>
    /// <param name="line">Line.</param>
    /// <param name="tokens">Its pieces.</param>
    public static LogCell[] Of(string line, LogToken[] tokens)
    {
        var cells = new List<LogCell>(tokens.Length);
        for (var index = 0; index < tokens.Length; index++)
        {
            var token = tokens[index];
            var text = token.Kind == LogTokenKind.Value ? (token.Length == 0 ? 1UL : 2UL) : token.Text;
            cells.Add(new LogCell(token.Kind, token.Context, token.Key, text, index, 1));
            JoinList(cells, line, tokens);
        }

        JoinRepeats(cells);
        return [.. cells];
    }

    /// <summary>Hash of the places; the sum over places, so that one can be taken out of it.</summary>
    /// <param name="cells">Places.</param>
    public static ulong Sum(ReadOnlySpan<LogCell> cells)
    {
        var sum = (ulong)cells.Length;
        for (var index = 0; index < cells.Length; index++)
        {
            sum += At(index, cells[index].Key);
        }

        return sum;
    }

    /// <summary>What one place adds to the sum.</summary>
    /// <param name="index">Index of the place.</param>
    /// <param name="key">Its key.</param>
    public static ulong At(int index, ulong key) => LogText.Mix(key + ((ulong)index * 0xD6E8FEB86659FD93UL));

    /// <summary>Makes "value, value" and "value value" one value.</summary>
    private static void JoinList(List<LogCell> cells, string line, LogToken[] tokens)
    {
        var last = cells.Count - 1;
        var isClosed = IsClosed(cells[last]);
        if (!IsItem(cells[last]) && !isClosed)
        {
            return;
        }

        var first = last - 1;
        if (!isClosed && first > 0 && IsMark(cells[first]) && IsJoint(line, tokens[cells[first].First])
            && cells[first - 1] is { IsFixed: false, Context: LogTokenContext.None, Kind: not LogTokenKind.Word })
        {
            first--;
        }
        else
        {
            first -= first >= 0 && cells[first].Kind == LogTokenKind.Space ? 1 : 0;
            first -= first >= 0 && IsMark(cells[first]) && line[tokens[cells[first].First].Start] == ',' ? 1 : 0;
            if (first < 0 || first == last - 1 || !(isClosed ? IsClosed(cells[first]) : IsItem(cells[first])))
            {
                return;
            }
        }

        var joined = cells[first] with
        {
            Kind = LogTokenKind.Value,
            Context = LogTokenContext.None,
            Key = LogToken.ValueKey,
            Text = 2,
            Count = cells[last].First + cells[last].Count - cells[first].First,
        };
        cells.RemoveRange(first, cells.Count - first);
        cells.Add(joined);
    }

    private static bool IsMark(in LogCell cell) => cell.Kind == LogTokenKind.Mark;

    /// <summary>True for the mark in <c>host:80</c>.</summary>
    private static bool IsJoint(string line, in LogToken mark) =>
        mark.Length == 1 && line[mark.Start] is ':' or '/' or '@' or '#' or '-' or '+';

    /// <summary>True for a value, and for the second of two words such as on and off in a row.</summary>
    private static bool IsItem(in LogCell cell) =>
        cell is { IsValue: true, Context: LogTokenContext.None } && (cell.Kind == LogTokenKind.Value || cell.Text != 0);

    private static bool IsClosed(in LogCell cell) =>
        cell is { Kind: LogTokenKind.Word, Context: LogTokenContext.Closed };

    private static void JoinRepeats(List<LogCell> cells)
    {
        for (var period = 2; period <= PeriodMax; period++)
        {
            for (var start = 0; start + (RepeatsMin * period) <= cells.Count; start++)
            {
                var repeats = Repeats(CollectionsMarshal.AsSpan(cells), start, period);
                if (repeats >= RepeatsMin)
                {
                    Join(cells, start, period, repeats);
                }
            }
        }
    }

    private static int Repeats(ReadOnlySpan<LogCell> cells, int start, int period)
    {
        var block = cells.Slice(start, period);
        var hasValue = false;
        var hasWord = false;
        foreach (var cell in block)
        {
            hasValue |= cell.IsValue;
            hasWord |= !cell.IsFixed && !cell.IsValue;
        }

        var repeats = 1;
        while (hasValue && start + ((repeats + 1) * period) <= cells.Length)
        {
            for (var index = 0; index < period; index++)
            {
                if (block[index].Key != cells[start + (repeats * period) + index].Key)
                {
                    return repeats;
                }
            }

            repeats++;
        }

        return hasWord || repeats > RepeatsMin ? repeats : 1;
    }

    private static void Join(List<LogCell> cells, int start, int period, int repeats)
    {
        var lastEnd = cells[start + (repeats * period) - 1];
        var end = lastEnd.First + lastEnd.Count;
        var joined = new LogCell(
            LogTokenKind.Value, LogTokenContext.None, LogToken.ValueKey, 2, cells[start].First,
            end - cells[start].First);
        cells.RemoveRange(start, repeats * period);
        cells.Insert(start, joined);
    }
}
