namespace CaaS.Benchmarks.Detection;

/// <summary>Proves the fast volume under the surface by a case that can be counted by hand.</summary>
internal static class VusProof
{
    private const double Tolerance = 1e-9;

    /// <summary>Compares with the definition, computed the long way on generated scores.</summary>
    public static bool Holds(TextWriter output)
    {
        var random = new Random(5);
        (int, int)[] windows = [(40, 49), (55, 60), (200, 200), (395, 399)];
        var scores = new double[400];
        for (var row = 0; row < scores.Length; row++)
        {
            var isNear = windows.Any(w => row >= w.Item1 - 3 && row <= w.Item2);
            scores[row] = Math.Round(random.NextDouble() + (isNear ? 0.4 : 0), 2);
        }

        var fast = VusPr.Of(windows, scores, 30);
        var slow = Definition(windows, scores, 30);
        var isSame = Math.Abs(fast - slow) < Tolerance;
        output.WriteLine(FormattableString.Invariant($"VUS-PR: fast {fast:F9}, by definition {slow:F9}"));
        return isSame;
    }

    /// <summary>TSB-AD's RangeAUC_volume_opt, one threshold and buffer length at a time.</summary>
    private static double Definition((int Start, int End)[] windows, double[] scores, int bufferMax)
    {
        const int Thresholds = 250;
        var n = scores.Length;
        var sorted = scores.OrderDescending().ToArray();
        var reach = Merged(windows, bufferMax, n);
        double volume = 0;
        for (var buffer = 0; buffer <= bufferMax; buffer++)
        {
            var label = new double[n];
            foreach (var (start, end) in windows)
            {
                for (var row = 0; row < n; row++)
                {
                    var distance = row < start ? start - row : row > end ? row - end : 0;
                    label[row] += distance == 0 ? 1 : distance <= buffer / 2 ? Math.Sqrt(1 - ((double)distance / buffer)) : 0;
                }
            }

            var segments = Merged(windows, buffer, n);
            double before = 0;
            for (var k = 0; k < Thresholds; k++)
            {
                var rank = k == Thresholds - 1 ? n - 1 : (int)(k * ((n - 1d) / (Thresholds - 1)));
                var isIn = scores.Select(s => s >= sorted[rank]).ToArray();
                double found = 0, labels = 0;
                foreach (var (start, end) in reach)
                {
                    for (var row = start; row <= end; row++)
                    {
                        var isTrue = windows.Any(w => row >= w.Start && row <= w.End);
                        var value = isTrue ? 1 : Math.Min(1, label[row]) * (isIn[row] ? 1 : 0);
                        labels += value;
                        found += isIn[row] ? value : 0;
                    }
                }

                var positives = (windows.Sum(w => w.End - w.Start + 1) + labels) / 2;
                var existence = segments.Count(s => isIn.AsSpan(s.Start, s.End - s.Start + 1).Contains(true)) / (double)segments.Length;
                var recall = Math.Min(1, found / positives) * existence;
                volume += (recall - before) * found / isIn.Count(p => p);
                before = recall;
            }
        }

        return volume / (bufferMax + 1);
    }

    private static (int Start, int End)[] Merged((int Start, int End)[] windows, int buffer, int n)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var (start, end) in windows)
        {
            var (from, to) = (Math.Max(0, start - (buffer / 2)), Math.Min(n - 1, end + (buffer / 2)));
            if (merged.Count > 0 && merged[^1].End >= from)
            {
                merged[^1] = (merged[^1].Start, to);
            }
            else
            {
                merged.Add((from, to));
            }
        }

        return [.. merged];
    }
}
