namespace CaaS.Benchmarks.Detection;

/// <summary>The score of the Numenta Anomaly Benchmark.</summary>
/// <remarks>
/// Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms", ICMLA 2015, section III, and the scorer of
/// github.com/numenta/NAB (sweeper.py). A window is worth its best alarm, early ones more; every alarm outside costs,
/// just behind a window less. Rows of the probation (15 %, at most 750) are neither judged nor counted.
/// </remarks>
internal sealed class NabScorer
{
    private const double Scale = 0.98661429815143;

    private readonly int[] _windowOf;
    private readonly float[] _valueOf;
    private readonly double[] _best;

    /// <summary>Prepares the value of an alarm at every row.</summary>
    public NabScorer(LabelledSeries series)
    {
        var rows = series.Values.Length;
        WindowCount = series.Windows.Length;
        Probation = Math.Min((int)(0.15 * rows), 750);
        _windowOf = new int[rows];
        _valueOf = new float[rows];
        _best = new double[WindowCount];
        Array.Fill(_windowOf, -1);
        Array.Fill(_valueOf, -1);
        for (var window = 0; window < WindowCount; window++)
        {
            var (start, end) = series.Windows[window];
            var width = end - start + 1;
            for (var row = start; row <= end; row++)
            {
                _windowOf[row] = window;
                _valueOf[row] = (float)(Sigmoid(-(end - row + 1d) / width) / Scale);
            }

            var until = window + 1 < WindowCount ? series.Windows[window + 1].Start : rows;
            for (var row = end + 1; row < until; row++)
            {
                _valueOf[row] = (float)Sigmoid((row - end) / (width - 1d));
            }
        }
    }

    /// <summary>Windows of the series.</summary>
    public int WindowCount { get; }

    /// <summary>Rows at the start that are not judged.</summary>
    public int Probation { get; }

    /// <summary>Raw score of a list of alarm rows.</summary>
    public NabTally Score(List<int> alarms, NabProfile profile)
    {
        Array.Fill(_best, double.NegativeInfinity);
        double score = 0;
        var (outside, hit) = (0, 0);
        foreach (var row in alarms)
        {
            if (row < Probation)
            {
                continue;
            }

            if (_windowOf[row] >= 0)
            {
                _best[_windowOf[row]] = Math.Max(_best[_windowOf[row]], _valueOf[row]);
            }
            else
            {
                outside++;
                score += profile.False * _valueOf[row];
            }
        }

        foreach (var best in _best)
        {
            hit += double.IsFinite(best) ? 1 : 0;
            score += double.IsFinite(best) ? best : -profile.Missed;
        }

        return new NabTally(score, hit, WindowCount, outside);
    }

    /// <summary>Best raw score of a corpus over all thresholds, as every published figure is.</summary>
    public static (double Score, double Threshold) Sweep(
        IReadOnlyList<NabScorer> scorers, IReadOnlyList<double[]> scores, NabProfile profile)
    {
        var rows = new List<(double Score, int Series, int Row)>();
        for (var series = 0; series < scorers.Count; series++)
        {
            for (var row = scorers[series].Probation; row < scores[series].Length; row++)
            {
                rows.Add((scores[series][row], series, row));
            }
        }

        rows.Sort((a, b) => b.Score.CompareTo(a.Score));
        var best = scorers.Select(s => Enumerable.Repeat(-profile.Missed, s.WindowCount).ToArray()).ToArray();
        var total = best.Sum(windows => windows.Sum());
        var (top, threshold) = (total, double.PositiveInfinity);
        for (var index = 0; index < rows.Count; index++)
        {
            var (score, series, row) = rows[index];
            var scorer = scorers[series];
            var window = scorer._windowOf[row];
            if (window < 0)
            {
                total += profile.False * scorer._valueOf[row];
            }
            else if (scorer._valueOf[row] > best[series][window])
            {
                total += scorer._valueOf[row] - best[series][window];
                best[series][window] = scorer._valueOf[row];
            }

            if (total > top && (index + 1 == rows.Count || rows[index + 1].Score < score))
            {
                (top, threshold) = (total, score);
            }
        }

        return (top, threshold);
    }

    /// <summary>Scores 0 for silence and 100 for perfection.</summary>
    public static double Normalise(double raw, int windows, NabProfile profile)
    {
        var silent = -profile.Missed * windows;
        return 100 * (raw - silent) / (windows - silent);
    }

    private static double Sigmoid(double x) => x > 3 ? -1 : (2 / (1 + Math.Exp(5 * x))) - 1;
}
