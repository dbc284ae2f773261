using System.Globalization;

namespace CaaS.Rca.Inquiry;

/// <summary>Evidence from the time requests take inside an entity and on the way to it.</summary>
/// <remarks>
/// Inside: the time an operation does not spend in calls, judged by rank (Mann and Whitney 1947) and by how much
/// longer it became. On the way: what a caller waited beyond the time served, edge by edge. A slow network of one
/// entity shows on all its edges, both ways; that of a neighbour only on the edge between, so every edge of an
/// entity that did not slow down speaks against it. Only durations are compared, never clocks. O(visits).
/// </remarks>
internal static class Delays
{
    private const double ShiftFrom = 0.5;
    private const double ShiftFull = 3;
    private const double RankCap = 12;
    private const double CalmEdge = -1.5;
    private const int BeforeCountMin = 5;
    private const int AfterCountMin = 2;

    public static void Collect(VisitWindow window, List<Clue> clues)
    {
        var self = new SortedDictionary<int, (int Entity, List<double> Times)>();
        var gaps = new SortedDictionary<long, (int Caller, int Entity, List<double> Times)>();
        foreach (var visit in window.After)
        {
            if (!self.TryGetValue(visit.Operation, out var inside))
            {
                self[visit.Operation] = inside = (visit.Entity, []);
            }

            inside.Times.Add(VisitProfile.LogOf(visit.SelfSeconds));
            if (visit.Caller < 0)
            {
                continue;
            }

            var edge = VisitProfile.EdgeKey(visit.Caller, visit.Operation);
            if (!gaps.TryGetValue(edge, out var way))
            {
                gaps[edge] = way = (visit.Caller, visit.Entity, []);
            }

            way.Times.Add(VisitProfile.LogOf(visit.GapSeconds));
        }

        Inside(window, self, clues);
        OnTheWay(window, gaps, clues);
    }

    private static void Inside(VisitWindow window, SortedDictionary<int, (int Entity, List<double> Times)> self,
        List<Clue> clues)
    {
        var best = new SortedDictionary<int, (double Weight, double Shift)>();
        foreach (var (operation, (entity, times)) in self)
        {
            var (weight, shift) = Slower([.. times], window.Self(operation));
            if (weight > best.GetValueOrDefault(entity).Weight)
            {
                best[entity] = (weight, shift);
            }
        }

        foreach (var (entity, (weight, shift)) in best)
        {
            clues.Add(new Clue(entity, Modality.Delay, "latency", weight, string.Create(CultureInfo.InvariantCulture,
                $"Its own part of a request takes {Math.Exp(shift):0.#} times as long as before.")));
        }
    }

    private static void OnTheWay(
        VisitWindow window, SortedDictionary<long, (int Caller, int Entity, List<double> Times)> gaps, List<Clue> clues)
    {
        var edges = new SortedDictionary<(int Caller, int Entity), (double Weight, double Shift)>();
        foreach (var (edge, (caller, entity, times)) in gaps)
        {
            var before = window.Gap(edge);
            if (times.Count < AfterCountMin || before.Length < BeforeCountMin)
            {
                continue;
            }

            var found = Slower([.. times], before);
            if (!edges.TryGetValue((caller, entity), out var known) || found.Weight > known.Weight)
            {
                edges[(caller, entity)] = found;
            }
        }

        var both = new SortedDictionary<int, (double Weight, int Slow, int All, double Shift)>();
        foreach (var ((caller, entity), (weight, shift)) in edges)
        {
            foreach (var end in (int[])[caller, entity])
            {
                var so = both.GetValueOrDefault(end);
                both[end] = (so.Weight + (weight > 0 ? weight : CalmEdge), so.Slow + (weight > 0 ? 1 : 0), so.All + 1,
                    Math.Max(so.Shift, shift));
            }
        }

        foreach (var (entity, (weight, slow, all, shift)) in both)
        {
            if (weight > 0)
            {
                clues.Add(new Clue(entity, Modality.Way, "network", weight, string.Create(CultureInfo.InvariantCulture,
                    $"{slow} of the {all} ways to and from it became slower, up to {Math.Exp(shift):0.#} times.")));
            }
        }
    }

    /// <summary>How surely and how much longer times became.</summary>
    /// <param name="after">Logarithms of times, any order.</param>
    /// <param name="beforeSorted">Logarithms of times before, sorted.</param>
    /// <returns>Nats, at most <see cref="RankCap"/>, and the logarithm of the ratio of their medians; no nats for few
    /// times, or hardly longer ones.</returns>
    internal static (double Weight, double Shift) Slower(double[] after, double[] beforeSorted)
    {
        if (after.Length < AfterCountMin || beforeSorted.Length < BeforeCountMin)
        {
            return (0, 0);
        }

        var shift = Robust.Median(after) - Robust.Quantile(beforeSorted, 0.5);
        var deviate = Robust.MannWhitney(after, beforeSorted);
        if (shift <= ShiftFrom || deviate <= 0)
        {
            return (0, shift);
        }

        return (Math.Min(0.5 * deviate * deviate, RankCap) * Math.Min(1,
            (shift - ShiftFrom) / (ShiftFull - ShiftFrom)), shift);
    }
}
