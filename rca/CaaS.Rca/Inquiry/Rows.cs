namespace CaaS.Rca.Inquiry;

/// <summary>The series of one meaning laid on the moments of an incident.</summary>
internal sealed class Rows
{
    private readonly Meaning _meaning;
    private readonly double[] _moments;
    private readonly double _from;
    private readonly Dictionary<int, SeriesFact> _levels = [];
    private readonly Dictionary<int, SeriesFact> _loads = [];

    public Rows(CauseCase @case, Meaning meaning, double aroundSeconds)
    {
        _meaning = meaning;
        _from = @case.OnsetHint - aroundSeconds;
        foreach (var series in @case.Series)
        {
            if (series.Meaning == meaning)
            {
                _levels.TryAdd(series.Entity, series);
            }
            else if (series.Meaning == Meaning.Load)
            {
                _loads.TryAdd(series.Entity, series);
            }
        }

        _moments = [.. _levels.Values.SelectMany(series => series.Times)
            .Where(time => time >= _from && time <= @case.OnsetHint + aroundSeconds).Distinct().Order()];
    }

    /// <summary>How much the symptom hurts at each moment, from 0 to 1; null when it is not measured.</summary>
    public double[]? Profile(int entity, double least)
    {
        if (!_levels.TryGetValue(entity, out var series) || _moments.Length == 0)
        {
            return null;
        }

        var (median, spread, _) = Before(series);
        if (double.IsNaN(median))
        {
            return null;
        }

        var levels = Lay(series);
        var hurts = levels.Select(level => double.IsNaN(level) ? 0 : Math.Max(0, (level - median) / spread)).ToArray();
        var top = hurts.Max();
        return top > 0 ? [.. hurts.Select(hurt => hurt / top > least ? hurt / top : 0)] : null;
    }

    /// <summary>The excess of an entity over the moments that hurt; null when it is not measured or new.</summary>
    public Excess? Excess(int entity, double[] profile, int beforeCountMin)
    {
        if (!_levels.TryGetValue(entity, out var series))
        {
            return null;
        }

        var (median, spread, count) = Before(series);
        if (count < beforeCountMin)
        {
            return null;
        }

        var levels = Lay(series);
        double[] calm = [.. levels.Where((level, index) => profile[index] <= 0 && !double.IsNaN(level)).Order()];
        var usual = calm.Length > 0 ? Math.Max(median, Robust.Quantile(calm, 0.5)) : median;
        var loads = _loads.TryGetValue(entity, out var load) ? Lay(load) : [.. levels.Select(_ => 1.0)];
        double mass = 0, highest = 0;
        var pairs = new List<(double Symptom, double Level)>();
        for (var index = 0; index < levels.Length; index++)
        {
            if (double.IsNaN(levels[index]))
            {
                continue;
            }

            pairs.Add((profile[index], levels[index]));
            var over = levels[index] - usual;
            mass += profile[index] * over * (double.IsNaN(loads[index]) ? 0 : loads[index]);
            highest = profile[index] > 0 ? Math.Max(highest, over / spread) : highest;
        }

        var together = pairs.Count < 3
            ? 0
            : Robust.Correlation([.. pairs.Select(pair => pair.Symptom)], [.. pairs.Select(pair => pair.Level)]);
        return new Excess(Math.Max(0, mass / profile.Sum()), highest, together);
    }

    private (double Median, double Spread, int Count) Before(SeriesFact series)
    {
        double[] before = [.. series.Values.Where((value, index) => series.Times[index] < _from
            && double.IsFinite(value)).Order()];
        var (median, spread) = Robust.Centre(before);
        return (median, Math.Max(spread, Levels.Floor(_meaning, median)), before.Length);
    }

    private double[] Lay(SeriesFact series)
    {
        var levels = new double[_moments.Length];
        Array.Fill(levels, double.NaN);
        for (var index = 0; index < series.Times.Length; index++)
        {
            var place = Array.BinarySearch(_moments, series.Times[index]);
            if (place >= 0)
            {
                levels[place] = series.Values[index];
            }
        }

        return levels;
    }
}
