
namespace CaaS.Rca.Inquiry;

/// <summary>Finds when an incident began from its series, near a hint.</summary>
/// <remarks>
/// Each series, as clipped robust deviates, gives every candidate time the log-likelihood of one upward step there
/// (the two-mean Gaussian scan of Page's CUSUM, Biometrika 1954). A series may say only a few nats, and only when its
/// step is beyond chance, so that the candidate most series agree on wins and one loud series cannot drag it.
/// Departure from Bayesian online change-point detection (Adams and MacKay 2007): the incident is known to have one
/// onset near the hint, so the run-length recursion is not needed. O(series x points).
/// </remarks>
internal static class OnsetFinder
{
    private const double Clip = 5;
    private const double Correlated = 0.3;
    private const double SeriesCap = 3;
    private const double BeyondChance = 6;
    private const int CandidateLimit = 121;
    private const int CalmCountMin = 8;

    public static OnsetPosterior Find(CauseCase @case, CauseOptions options)
    {
        var error = options.OnsetErrorSeconds;
        var grid = Grid(@case, error);
        if (grid.Length < 2)
        {
            return OnsetPosterior.Certain(@case.OnsetHint);
        }

        var score = new double[grid.Length];
        for (var index = 0; index < grid.Length; index++)
        {
            var off = (grid[index] - @case.OnsetHint) / Math.Max(error / 2, 1);
            score[index] = -0.5 * off * off;
        }

        var gain = new double[grid.Length];
        foreach (var series in @case.Series)
        {
            if (series.Meaning == Meaning.Load || !Scan(series, grid, error, @case.OnsetHint, gain))
            {
                continue;
            }

            var best = gain.Max();
            for (var index = 0; index < grid.Length && best > BeyondChance; index++)
            {
                score[index] += Math.Max(gain[index] - best, -SeriesCap);
            }
        }

        return Thin(grid, score, options.OnsetCandidateCount);
    }

    private static double[] Grid(CauseCase @case, double error)
    {
        // An onset leaves half of what is known after the hint behind it, or nothing could be compared with before.
        var after = @case.Series.Select(series => series.Times.Length > 0 ? series.Times[^1] - @case.OnsetHint : 0)
            .DefaultIfEmpty(0).Max();
        var times = new SortedSet<double> { @case.OnsetHint };
        foreach (var series in @case.Series)
        {
            foreach (var time in series.Times)
            {
                if (time >= @case.OnsetHint - error && time <= @case.OnsetHint + Math.Min(error, after / 2))
                {
                    times.Add(time);
                }
            }
        }

        double[] all = [.. times];
        if (all.Length <= CandidateLimit)
        {
            return all;
        }

        return [.. Enumerable.Range(0, CandidateLimit).Select(step =>
            all[step * (all.Length - 1) / (CandidateLimit - 1)])];
    }

    private static bool Scan(SeriesFact series, double[] grid, double error, double hint, double[] gain)
    {
        var calm = new List<double>();
        for (var index = 0; index < series.Times.Length; index++)
        {
            if (series.Times[index] < hint - error && double.IsFinite(series.Values[index]))
            {
                calm.Add(series.Values[index]);
            }
        }

        if (calm.Count < CalmCountMin)
        {
            // The hint may lie so early that nothing is surely before it: the first points are then the likeliest to
            // be calm.
            calm.Clear();
            calm.AddRange(series.Values.Where(double.IsFinite).Take(CalmCountMin));
        }

        if (calm.Count < CalmCountMin)
        {
            return false;
        }

        calm.Sort();
        var (median, spread) = Robust.Centre([.. calm]);
        spread = Math.Max(spread, Levels.Floor(series.Meaning, median));
        var sign = series.Meaning == Meaning.Health ? -1 : 1;
        var window = new List<(double Time, double Value)>();
        for (var index = 0; index < series.Times.Length; index++)
        {
            if (Math.Abs(series.Times[index] - hint) <= 2 * error && double.IsFinite(series.Values[index]))
            {
                var deviate = sign * (series.Values[index] - median) / spread;
                window.Add((series.Times[index], Math.Clamp(deviate, -Clip, Clip)));
            }
        }

        var total = window.Sum(point => point.Value);
        double passed = 0;
        var count = 0;
        for (var index = 0; index < grid.Length; index++)
        {
            while (count < window.Count && window[count].Time < grid[index])
            {
                passed += window[count++].Value;
            }

            var left = window.Count - count;
            var step = count > 0 && left > 0 ? ((total - passed) / left) - (passed / count) : 0;
            gain[index] = step > 0 ? Correlated * 0.5 * step * step * count * left / window.Count : 0;
        }

        return true;
    }

    private static OnsetPosterior Thin(double[] grid, double[] score, int count)
    {
        var top = score.Max();
        var weights = score.Select(value => Math.Exp(value - top)).ToArray();
        int[] kept = [.. Enumerable.Range(0, grid.Length).OrderByDescending(index => weights[index])
            .ThenBy(index => index)
            .Take(count).Order()];
        var sum = kept.Sum(index => weights[index]);
        return new OnsetPosterior(
            [.. kept.Select(index => grid[index])],
            [.. kept.Select(index => weights[index] / sum)]);
    }
}
