using System.Numerics;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Surprises of every notable row, kept so that another combination or alarm policy costs milliseconds.
/// </summary>
/// <remarks>The series' rate is taken as the median, where the ensemble learns it; alarms are otherwise the same.
/// </remarks>
internal sealed class EnsembleTable
{
    private const float Least = 1.5f;

    private static readonly Range[] Families = [.. SeriesEnsemble.Families];

    private readonly int[] _from;
    private readonly int[] _rows;
    private readonly float[][] _lanes;
    private readonly float[] _intervals;
    private readonly float[] _ripeness;
    private readonly float[] _scores;
    private readonly int[] _gathered;
    private readonly int[] _gatheredFrom;
    private readonly float _recovery;

    /// <summary>Runs the ensemble once over all series.</summary>
    public EnsembleTable(LabelledSeries[] series, EnsembleOptions options)
    {
        var rows = new List<int>();
        var ripeness = new List<float>();
        var lanes = Enumerable.Range(0, EnsembleOptions.FeatureCount).Select(_ => new List<float>()).ToArray();
        Span<float> surprises = stackalloc float[EnsembleOptions.FeatureCount];
        var ensemble = new SeriesEnsemble(options);
        _recovery = options.Recovery;
        _from = new int[series.Length + 1];
        _intervals = [.. series.Select(s => Median(s.UnixMs))];
        for (var i = 0; i < series.Length; i++)
        {
            var state = new SeriesState();
            for (var row = 0; row < series[i].Values.Length; row++)
            {
                ensemble.Step(ref state, series[i].UnixMs[row], series[i].Values[row], surprises);
                if (!surprises.ContainsAnyInRange(Least, float.MaxValue))
                {
                    continue;
                }

                rows.Add(row);
                ripeness.Add(SeriesEnsemble.Ripeness(state.PointCount, _intervals[i]));
                for (var lane = 0; lane < lanes.Length; lane++)
                {
                    lanes[lane].Add(surprises[lane]);
                }
            }

            _from[i + 1] = rows.Count;
        }

        var padding = new float[Vector<float>.Count];
        _rows = [.. rows];
        _lanes = [.. lanes.Select(lane => lane.Concat(padding).ToArray())];
        _ripeness = [.. ripeness, .. padding];
        _scores = new float[_ripeness.Length];
        _gathered = new int[_rows.Length];
        _gatheredFrom = new int[series.Length + 1];
    }

    /// <summary>A threshold that a fit may start from.</summary>
    public float Middling(EnsembleModel model)
    {
        Combine(model);
        return _scores.Average() * 2.6f;
    }

    /// <summary>Scores all rows, and keeps in mind those that may alarm.</summary>
    /// <param name="model">Weights.</param>
    /// <param name="least">Least threshold that will be asked for.</param>
    public void Score(EnsembleModel model, float least)
    {
        Combine(model);
        var count = 0;
        for (var i = 0; i + 1 < _from.Length; i++)
        {
            _gatheredFrom[i] = count;
            for (var index = _from[i]; index < _from[i + 1]; index++)
            {
                _gathered[count] = index;
                count += _scores[index] >= least ? 1 : 0;
            }
        }

        _gatheredFrom[^1] = count;
    }

    /// <summary>Rows of a series that alarm, by the scores given last.</summary>
    /// <param name="series">Which one.</param>
    /// <param name="model">Alarm policy.</param>
    /// <param name="alarms">Out: the rows, ascending.</param>
    public void Alarms(int series, EnsembleModel model, List<int> alarms)
    {
        alarms.Clear();
        var rest = MathF.Min(model.Rest, model.RestHours * 3_600_000 / _intervals[series]);
        float peak = 0, tired = 0;
        var last = int.MinValue / 2;
        for (var at = _gatheredFrom[series]; at < _gatheredFrom[series + 1]; at++)
        {
            var score = _scores[_gathered[at]];
            var row = _rows[_gathered[at]];
            var since = row - last;
            if (score < model.Threshold || (since <= rest && score <= model.Again * peak))
            {
                continue;
            }

            var left = tired * MathF.Exp(-since / _recovery);
            if (score >= model.Threshold * (1 + (model.Fatigue * left)))
            {
                (tired, last, peak) = (left + 1, row, score);
                alarms.Add(row);
            }
        }
    }

    private static float Median(long[] times)
    {
        var steps = times.Zip(times.Skip(1), (a, b) => b - a).Order().ToArray();
        return Math.Max(1, steps[steps.Length / 2]);
    }

    private void Combine(EnsembleModel model)
    {
        var size = Vector<float>.Count;
        var ripening = new Vector<float>(model.Ripening);
        var (second, third) = (new Vector<float>(model.Second), new Vector<float>(model.Third));
        for (var index = 0; index < _rows.Length; index += size)
        {
            var (a, b, c) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            foreach (var family in Families)
            {
                var v = Vector<float>.Zero;
                for (var lane = family.Start.Value; lane < family.End.Value; lane++)
                {
                    v = Vector.Max(v, new Vector<float>(_lanes[lane], index) * model.Weights[lane]);
                }

                var low = Vector.Min(a, v);
                a = Vector.Max(a, v);
                v = low;
                low = Vector.Min(b, v);
                b = Vector.Max(b, v);
                c = Vector.Max(c, low);
            }

            (a + (second * b) + (third * c) - (ripening * new Vector<float>(_ripeness, index))).CopyTo(_scores, index);
        }
    }
}
