using CaaS.Rca.Findings;

namespace CaaS.Rca.Inquiry.Live;

/// <summary>What some pods served and used, summed step by step.</summary>
internal sealed class Sums(CaseGrid grid)
{
    private readonly double[] _time = grid.Blank();
    private readonly double[] _served = grid.Blank();
    private readonly double[] _failed = grid.Blank();
    private readonly double[] _bytes = grid.Blank();
    private readonly int[] _holders = new int[grid.Times.Length];

    /// <summary>Requests made of others.</summary>
    public double[] Made { get; } = grid.Blank();

    /// <summary>Cores in use.</summary>
    public double[] Cores { get; } = grid.Blank();

    public void Add(ServeTrack? track)
    {
        foreach (var sample in track?.Samples ?? [])
        {
            if (grid.StepOf(sample.At) is >= 0 and var step)
            {
                Grow(_time, step, sample.Time);
                Grow(_served, step, sample.Served);
                Grow(_failed, step, sample.Failed);
                Grow(Made, step, sample.Made);
            }
        }
    }

    /// <summary>Adds a pod's mean of each step.</summary>
    public void Add(UsageTrack? track)
    {
        var at = -1;
        double cores = 0, bytes = 0, count = 0;
        foreach (var sample in track?.Samples ?? [])
        {
            var step = grid.StepOf(sample.At);
            if (step != at)
            {
                Close();
                (at, cores, bytes, count) = (step, 0, 0, 0);
            }

            (cores, bytes, count) = (cores + sample.Cores, bytes + sample.Bytes, count + 1);
        }

        Close();

        void Close()
        {
            if (at < 0 || count <= 0)
            {
                return;
            }

            if (double.IsFinite(cores))
            {
                Grow(Cores, at, cores / count);
            }

            if (double.IsFinite(bytes))
            {
                Grow(_bytes, at, bytes / count);
                _holders[at]++;
            }
        }
    }

    public double[] PerSecond(double[] counts) => [.. counts.Select(count => count / grid.StepSeconds)];

    /// <summary>The series of these pods; what was never measured is left out.</summary>
    /// <param name="index">Index of their workload in the case.</param>
    /// <param name="part">Name of the one pod; empty for all of them.</param>
    public IEnumerable<SeriesFact> Write(int index, string part)
    {
        (string Name, Meaning Meaning, double[] Values)[] all =
        [
            ("requests per second", Meaning.Load, PerSecond(_served)),
            ("latency", Meaning.Latency, Ratio(_time, _served)),
            ("error share", Meaning.Errors, Ratio(_failed, _served)),
            ("cpu cores", Meaning.Usage, Cores),
            ("memory bytes", Meaning.Held, [.. _bytes.Select((bytes, step) => bytes / _holders[step])]),
        ];
        return all.Where(series => series.Values.Any(value => series.Meaning == Meaning.Errors ? value >= 0 : value > 0))
            .Select(series => new SeriesFact(index, series.Name, series.Meaning, grid.Times, series.Values) { Part = part });
    }

    private static double[] Ratio(double[] sums, double[] counts) =>
        [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : double.NaN)];

    private static void Grow(double[] values, int step, double by) =>
        values[step] = (double.IsFinite(values[step]) ? values[step] : 0) + by;
}
