using System.Numerics;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Surprises of the judged rows of a corpus, kept for many evaluations.</summary>
internal sealed class NabTable
{
    private readonly NabScorer[] _scorers;
    private readonly int[] _from;
    private readonly int[] _rows;
    private readonly float[][] _lanes;
    private readonly float[] _restMax;
    private readonly float[] _ages;
    private readonly int[] _gathered;
    private readonly int[] _gatheredFrom;
    private readonly float[] _scores;
    private readonly float[] _best = new float[64];

    public NabTable(LabelledSeries[] series, EnsembleOptions options, float least = 1.5f)
    {
        Series = series;
        _scorers = [.. series.Select(s => new NabScorer(s))];
        _from = new int[series.Length + 1];
        var rows = new List<int>();
        var lanes = Enumerable.Range(0, EnsembleOptions.FeatureCount).Select(_ => new List<float>()).ToArray();
        Span<float> surprise = stackalloc float[EnsembleOptions.FeatureCount];
        var ensemble = new SeriesEnsemble(options);
        _restMax = [.. series.Select(s => options.RestHours * 3_600_000 / Median(s.UnixMs))];
        for (var i = 0; i < series.Length; i++)
        {
            var state = new SeriesState();
            for (var row = 0; row < series[i].Values.Length; row++)
            {
                ensemble.Step(ref state, series[i].UnixMs[row], series[i].Values[row], surprise);
                float max = 0;
                foreach (var v in surprise)
                {
                    max = Math.Max(max, v);
                }

                if (max >= least)
                {
                    rows.Add(row);
                    for (var lane = 0; lane < EnsembleOptions.FeatureCount; lane++)
                    {
                        lanes[lane].Add(surprise[lane]);
                    }
                }
            }

            _from[i + 1] = rows.Count;
        }

        _rows = [.. rows];
        var padded = _rows.Length + Vector<float>.Count;
        _lanes = [.. lanes.Select(lane => lane.Concat(new float[Vector<float>.Count]).ToArray())];
        _scores = new float[padded];
        _ages = [.. _rows.Select(row => MathF.Log10((row + 200) / 2000f)), .. new float[Vector<float>.Count]];
        _gathered = new int[_rows.Length];
        _gatheredFrom = new int[series.Length + 1];
    }

    private static float Median(long[] times)
    {
        var steps = times.Zip(times.Skip(1), (a, b) => b - a).Order().ToArray();
        return Math.Max(1, steps[steps.Length / 2]);
    }

    public LabelledSeries[] Series { get; }

    public NabScorer[] Scorers => _scorers;

    public int Count => _rows.Length;

    public int[] From => _from;

    public int[] RowNumbers => _rows;

    public float Surprise(int index, int lane) => _lanes[lane][index];

    private static readonly Range[] Families = [.. SeriesEnsemble.Families];





    /// <summary>Combined scores of all rows, by vectors over rows.</summary>
    public float[] Scores(NabModel model)
    {
        var w = model.Weights;
        var size = Vector<float>.Count;
        var ripe = new Vector<float>(model.Ripening);
        var (second, third) = (new Vector<float>(model.Second), new Vector<float>(model.Third));
        for (var index = 0; index < _rows.Length; index += size)
        {
            var (a, b, c) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            foreach (var family in Families)
            {
                var v = Vector<float>.Zero;
                for (var lane = family.Start.Value; lane < family.End.Value; lane++)
                {
                    v = Vector.Max(v, new Vector<float>(_lanes[lane], index) * w[lane]);
                }

                var low = Vector.Min(a, v);
                a = Vector.Max(a, v);
                v = low;
                low = Vector.Min(b, v);
                b = Vector.Max(b, v);
                c = Vector.Max(c, low);
            }

            (a + (second * b) + (third * c) - (ripe * new Vector<float>(_ages, index))).CopyTo(_scores, index);
        }

        return _scores;
    }

    /// <summary>Best smoothed raw score over thresholds: all sensible ones, or those near the model's own.</summary>
    public (double Raw, float Threshold) Fit(NabModel model, ReadOnlySpan<float> weightOf, NabProfile profile)
    {
        var scores = Scores(model);
        var centre = model.Threshold;
        var count = 15;
        if (centre == 0)
        {
            float most = 0;
            for (var i = 0; i < _rows.Length; i += 7)
            {
                most += scores[i];
            }

            count = 51;
            centre = most / (_rows.Length / 7f) * 2.6f;
        }

        Span<double> grid = stackalloc double[count];
        var least = centre * MathF.Pow(1.03f, -count / 2);
        Gather(scores, least);
        var top = double.NegativeInfinity;
        float threshold = 0;
        for (var k = 0; k < count; k++)
        {
            var at = least * MathF.Pow(1.03f, k);
            var tried = model with { Threshold = at };
            for (var i = 0; i < Series.Length; i++)
            {
                grid[k] += weightOf[i] > 0 ? weightOf[i] * Tally(i, tried, scores, profile, null, true).Raw : 0;
            }

            if (k >= 4)
            {
                var smooth = (grid[k - 4] + grid[k - 3] + grid[k - 2] + grid[k - 1] + grid[k]) / 5;
                if (smooth > top)
                {
                    (top, threshold) = (smooth, at / (1.03f * 1.03f));
                }
            }
        }

        return (top, threshold);
    }

    private void Gather(float[] scores, float least)
    {
        var count = 0;
        for (var i = 0; i < Series.Length; i++)
        {
            _gatheredFrom[i] = count;
            for (var index = _from[i]; index < _from[i + 1]; index++)
            {
                if (scores[index] >= least)
                {
                    _gathered[count++] = index;
                }
            }
        }

        _gatheredFrom[Series.Length] = count;
    }

    public double Raw(NabModel model, float[] scores, ReadOnlySpan<float> weightOf, NabProfile profile)
    {
        double raw = 0;
        for (var i = 0; i < Series.Length; i++)
        {
            if (weightOf[i] > 0)
            {
                raw += weightOf[i] * Tally(i, model, scores, profile).Raw;
            }
        }

        return raw;
    }

    public NabTally Tally(int i, NabModel model, float[] scores, NabProfile profile, List<int>? alarms = null, bool gathered = false)
    {
        var scorer = _scorers[i];
        _best.AsSpan(0, scorer.WindowCount).Fill(float.NegativeInfinity);
        double raw = 0;
        var outside = 0;
        float peak = 0, tired = 0;
        var last = -1_000_000;
        var (from, to) = gathered ? (_gatheredFrom[i], _gatheredFrom[i + 1]) : (_from[i], _from[i + 1]);
        for (var g = from; g < to; g++)
        {
            var index = gathered ? _gathered[g] : g;
            var s = scores[index];
            var row = _rows[index];
            if (s < model.Threshold || row < scorer.Probation)
            {
                continue;
            }

            var since = row - last;
            if (since <= MathF.Min(model.Rest, _restMax[i]) && s <= model.Again * peak)
            {
                continue;
            }

            var left = tired * MathF.Exp(-since / 3000f);
            if (s < model.Threshold * (1 + (model.Fatigue * left)))
            {
                continue;
            }

            tired = left + 1;
            last = row;
            peak = s;
            alarms?.Add(row);
            var window = scorer.WindowOf(row);
            if (window >= 0)
            {
                _best[window] = Math.Max(_best[window], scorer.ValueOf(row));
            }
            else
            {
                outside++;
                raw += profile.False * scorer.ValueOf(row);
            }
        }

        var hit = 0;
        for (var w = 0; w < scorer.WindowCount; w++)
        {
            var isHit = _best[w] > float.NegativeInfinity;
            hit += isHit ? 1 : 0;
            raw += isHit ? _best[w] : -profile.Missed;
        }

        return new NabTally(raw, hit, scorer.WindowCount, outside);
    }
}
