using System.Globalization;

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>One regression tree over the features of a row; every way through it is equally long.</summary>
/// <param name="Columns">Which feature each fork asks for; fork n leads to 2n + 1 or, above its cut, to 2n + 2.</param>
/// <param name="Cuts">Most of that feature that still leads the first way, one for each fork.</param>
/// <param name="Leaves">What the row is worth at each end, nats; one more than forks.</param>
internal sealed record ChoiceTree(int[] Columns, double[] Cuts, double[] Leaves)
{
    private const char Parts = '|';
    private const char Numbers = ' ';

    /// <summary>What a row is worth, nats; O(depth).</summary>
    public double Of(double[] row)
    {
        var fork = 0;
        while (fork < Columns.Length)
        {
            fork = (2 * fork) + (row[Columns[fork]] <= Cuts[fork] ? 1 : 2);
        }

        return Leaves[fork - Columns.Length];
    }

    /// <summary>Reads a line that <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The line is no tree of features below <paramref name="width"/>.</exception>
    public static ChoiceTree Parse(string line, int width)
    {
        double[][] parts =
        [
            .. line.Split(Parts).Select(part => part.Split(Numbers, StringSplitOptions.RemoveEmptyEntries)
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()),
        ];
        if (parts is not [var columns, var cuts, var leaves] || columns.Length != cuts.Length
            || leaves.Length != columns.Length + 1 || (leaves.Length & columns.Length) != 0
            || columns.Any(column => column < 0 || column >= width || !double.IsInteger(column)))
        {
            throw new FormatException($"\"{line}\" is no tree of {width} features.");
        }

        return new ChoiceTree([.. columns.Select(column => (int)column)], cuts, leaves);
    }

    /// <summary>The tree as one line: features, cuts and ends.</summary>
    public override string ToString() =>
        $"{string.Join(Numbers, Columns)}{Parts}{Line(Cuts, "G5")}{Parts}{Line(Leaves, "0.####")}";

    private static string Line(double[] numbers, string format) =>
        string.Join(Numbers, numbers.Select(number => number.ToString(format, CultureInfo.InvariantCulture)));
}
