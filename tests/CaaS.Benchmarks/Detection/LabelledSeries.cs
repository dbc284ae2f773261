namespace CaaS.Benchmarks.Detection;

/// <summary>One series with the rows a person called anomalous.</summary>
/// <param name="Name">Path inside the data set.</param>
/// <param name="UnixMs">When each row was measured, Unix milliseconds; not always even, not always ascending.</param>
/// <param name="Values">What was measured; NaN where missing.</param>
/// <param name="Windows">Anomalous row ranges, both ends inclusive, ascending.</param>
internal sealed record LabelledSeries(string Name, long[] UnixMs, double[] Values, (int Start, int End)[] Windows)
{
    /// <summary>Folder of the series: the kind of system it was measured on.</summary>
    public string Group => Name.Split('/')[^2];

    /// <summary>One flag per row.</summary>
    public bool[] Labels()
    {
        var labels = new bool[Values.Length];
        foreach (var (start, end) in Windows)
        {
            labels.AsSpan(start, end - start + 1).Fill(true);
        }

        return labels;
    }

    /// <summary>Ranges of set flags.</summary>
    public static (int Start, int End)[] Runs(ReadOnlySpan<bool> flags)
    {
        var runs = new List<(int, int)>();
        for (var row = 0; row < flags.Length; row++)
        {
            if (!flags[row])
            {
                continue;
            }

            var start = row;
            while (row + 1 < flags.Length && flags[row + 1])
            {
                row++;
            }

            runs.Add((start, row));
        }

        return [.. runs];
    }
}
