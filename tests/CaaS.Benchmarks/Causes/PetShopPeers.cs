using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>The methods of PetShop's own repository that need no package, re-implemented from its code.</summary>
/// <remarks>
/// Series of the symptom's own metric; anomalous means more than five median absolute deviations, or any change when
/// the baseline never varied; judged at the third row, or the first after it at which the target is anomalous.
/// Differs from the original where that is random (the walk uses expected visits) or takes its deviations from a
/// package (|x - median| / MAD).
/// </remarks>
internal sealed class PetShopPeers
{
    private const double Threshold = 5;
    private readonly CauseCase _case;
    private readonly Dictionary<int, double[]> _rows = [];
    private readonly SortedDictionary<int, double> _anomalous = [];

    public PetShopPeers(CauseCase @case, double windowFrom)
    {
        _case = @case;
        var scores = new SortedDictionary<int, double[]>();
        foreach (var series in @case.Series.Where(series => series.Meaning == @case.Symptom!.Meaning))
        {
            double[] before = [.. series.Values.Where((value, at) => series.Times[at] < windowFrom && double.IsFinite(value)).Order()];
            double[] rows = [.. series.Values.Where((_, at) => series.Times[at] >= windowFrom)];
            _rows.TryAdd(series.Entity, rows);
            if (before.Length >= 10)
            {
                scores.TryAdd(series.Entity, [.. rows.Select(value => Score(before, value))]);
            }
        }

        if (!scores.TryGetValue(@case.Symptom!.Entity, out var target) || target.Length < 3)
        {
            return;
        }

        var row = Array.FindIndex(target, 2, score => score > Threshold);
        if (row < 0)
        {
            return;
        }

        foreach (var (entity, found) in scores)
        {
            if (row < found.Length && found[row] > Threshold)
            {
                _anomalous[entity] = found[row];
            }
        }
    }

    /// <summary>Ranked correlation: anomalous nodes by the p-value of their correlation with the target.</summary>
    public string[] RankedCorrelation()
    {
        var target = _rows[_case.Symptom!.Entity];
        return [.. _anomalous.Keys.Where(entity => entity != _case.Symptom.Entity)
            .Select(entity => (entity, Chance: Chance(target, _rows[entity])))
            .Where(one => double.IsFinite(one.Chance))
            .OrderBy(one => one.Chance).ThenBy(one => one.entity).Take(3).Select(one => _case.Entities[one.entity])];
    }

    /// <summary>Traversal: anomalous nodes without an anomalous callee, by the anomaly along their best path.</summary>
    public string[] Traversal()
    {
        var callees = _case.Calls.ToLookup(link => link.Caller, link => link.Callee);
        var leaves = _anomalous.Keys.Where(entity => !callees[entity].Any(_anomalous.ContainsKey)).ToHashSet();
        var best = new SortedDictionary<int, double>();
        void Walk(int entity, double passed, HashSet<int> on)
        {
            if (!_anomalous.TryGetValue(entity, out var score) || !on.Add(entity))
            {
                return;
            }

            if (leaves.Contains(entity))
            {
                best[entity] = Math.Max(best.GetValueOrDefault(entity), passed + score);
            }

            foreach (var callee in callees[entity])
            {
                Walk(callee, passed + score, on);
            }

            on.Remove(entity);
        }

        Walk(_case.Symptom!.Entity, 0, []);
        best.Remove(_case.Symptom.Entity);
        return [.. best.OrderByDescending(one => one.Value).ThenBy(one => one.Key).Select(one => _case.Entities[one.Key])];
    }

    /// <summary>Random walk on correlations with the target (Kim et al. 2013, MonitorRank), ten steps.</summary>
    public string[] RandomWalk()
    {
        const double back = 0.1;
        var target = _rows[_case.Symptom!.Entity];
        if (_anomalous.Count == 0)
        {
            return [];
        }

        var weights = _rows.ToDictionary(one => one.Key, one => Math.Abs(Correlation(target, one.Value)) is var r && double.IsFinite(r) ? r : 0);
        double Weight(int entity) => weights.GetValueOrDefault(entity);
        var now = new SortedDictionary<int, double> { [_case.Symptom.Entity] = 1 };
        var visits = new SortedDictionary<int, double>();
        for (var step = 0; step < 10; step++)
        {
            var next = new SortedDictionary<int, double>();
            foreach (var (entity, mass) in now)
            {
                (int To, double Share)[] ways = [
                    .. _case.Calls.Where(link => link.Caller == entity).Select(link => (link.Callee, Weight(link.Callee))),
                    .. _case.Calls.Where(link => link.Callee == entity).Select(link => (link.Caller, back * Weight(link.Caller))),
                    (entity, Math.Max(0, Weight(entity) - _case.Calls.Where(link => link.Caller == entity)
                        .Select(link => Weight(link.Callee)).DefaultIfEmpty(0).Max()))];
                var all = ways.Sum(way => way.Share);
                foreach (var (to, share) in ways)
                {
                    next[to] = next.GetValueOrDefault(to) + (all > 0 ? mass * share / all : 0);
                }
            }

            foreach (var (entity, mass) in next)
            {
                visits[entity] = visits.GetValueOrDefault(entity) + mass;
            }

            now = next;
        }

        return [.. visits.OrderByDescending(one => one.Value).ThenBy(one => one.Key).Take(3).Select(one => _case.Entities[one.Key])];
    }

    private static double Score(double[] before, double value)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        if (before[0].Equals(before[^1]))
        {
            return value.Equals(before[0]) ? 0 : double.PositiveInfinity;
        }

        var median = Deviations.Quantile(before, 0.5);
        var mad = Deviations.Quantile([.. before.Select(one => Math.Abs(one - median)).Order()], 0.5);
        var off = Math.Abs(value - median);
        return off > 0 ? off / mad : 0;
    }

    private static double Correlation(double[] left, double[] right)
    {
        (double X, double Y)[] pairs = [.. left.Zip(right).Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second))];
        if (pairs.Length < 2)
        {
            return double.NaN;
        }

        var (x, y) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        var both = pairs.Sum(pair => (pair.X - x) * (pair.Y - y));
        return both / Math.Sqrt(pairs.Sum(pair => (pair.X - x) * (pair.X - x)) * pairs.Sum(pair => (pair.Y - y) * (pair.Y - y)));
    }

    /// <summary>Two-sided p-value of Pearson's correlation of up to five points (Student's t in closed form).</summary>
    private static double Chance(double[] left, double[] right)
    {
        var count = left.Zip(right).Count(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second));
        var r = Math.Min(1, Math.Abs(Correlation(left, right)));
        if (count < 2 || double.IsNaN(r))
        {
            return double.NaN;
        }

        var t = r * Math.Sqrt((count - 2) / Math.Max(1 - (r * r), 1e-300));
        return count switch
        {
            2 => 1,
            3 => 1 - (2 / Math.PI * Math.Atan(t)),
            4 => 1 - (t / Math.Sqrt(2 + (t * t))),
            _ => 1 - (2 / Math.PI * ((t / Math.Sqrt(3) / (1 + (t * t / 3))) + Math.Atan(t / Math.Sqrt(3)))),
        };
    }
}
