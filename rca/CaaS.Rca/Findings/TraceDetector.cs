using CaaS.Rca.Inquiry;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>What sampled requests show: time and failures that are an entity's own or passed on from what it calls,
/// ways that became long, and calls that are no longer made.</summary>
/// <remarks>Only durations of one request are compared with each other, never clocks of two machines.</remarks>
internal sealed class TraceDetector : IFindingDetector
{
    /// <summary>Requests below which a share says nothing.</summary>
    private const int LeastVisits = 10;

    /// <summary>Nats of the rank test from which a rise of time is sure.</summary>
    private const double SureNats = 4;

    /// <summary>Part of a rise of time that must be an entity's own to be called so.</summary>
    private const double OwnPart = 0.5;

    /// <summary>Part of a rise of time below which an entity merely waits.</summary>
    private const double WaitingPart = 0.25;

    /// <summary>Part of failed requests that must have had a failed call to be called passed on.</summary>
    private const double PassedPart = 0.8;

    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var slow = file.Requests.Of(entity).Select(Shift)
            .Where(shift => shift.Whole.Weight > 0 && shift.Rise >= file.Options.LatencyRiseFloorSeconds)
            .MaxBy(shift => shift.Rise * shift.Pair.Since.Count);
        if (slow is not null)
        {
            FindTime(file, entity, slow, found);
        }

        FindFailures(file, entity, found);
        FindGap(file, entity, found);
        FindMissing(file, entity, found);
    }

    /// <summary>How an operation's time stands since against before.</summary>
    private static TimeShift Shift(OperationPair pair)
    {
        (double Weight, double Shift) Judge(Func<Visit, double> time) => Delays.Slower(
            [.. pair.Since.Select(visit => VisitProfile.LogOf(time(visit)))],
            [.. pair.Before.Select(visit => VisitProfile.LogOf(time(visit))).Order()]);
        double Rise(Func<Visit, double> time) => pair.Before.Count == 0
            ? 0 : Robust.Median(pair.Since.Select(time)) - Robust.Median(pair.Before.Select(time));
        return new TimeShift(pair, Judge(visit => visit.Seconds), Judge(visit => visit.SelfSeconds),
            Rise(visit => visit.Seconds), Rise(visit => visit.SelfSeconds));
    }

    private static void FindTime(CaseFile file, EntityRef entity, TimeShift slow, ICollection<Finding> found)
    {
        var (pair, part) = (slow.Pair, slow.OwnRise / slow.Rise);
        var name = file.Requests.NameOf(pair);
        if (part >= OwnPart && slow.Own.Weight > 0)
        {
            var rest = slow.Rise - slow.OwnRise;
            var waits = !pair.Since.Any(visit => visit.Seconds > visit.SelfSeconds) ? "it waits for nobody"
                : rest < WaitingPart * slow.OwnRise ? "what it waits for takes no longer"
                : $"what it waits for takes {Time(rest)} longer";
            found.Add(Of(Features.SelfTime, slow.Own.Weight / SureNats,
                $"{entity.Name} itself takes {Middle(pair.Since, visit => visit.SelfSeconds)} for {name} instead of"
                + $" {Middle(pair.Before, visit => visit.SelfSeconds)}; {waits}", entity, file));
        }
        else if (part < WaitingPart && Waited(file, pair) is { } callee)
        {
            found.Add(Of(Features.PassedOn, slow.Whole.Weight / SureNats,
                $"{name} of {entity.Name} takes {Middle(pair.Since, visit => visit.Seconds)} instead of"
                + $" {Middle(pair.Before, visit => visit.Seconds)}, but"
                + $" {100 * (1 - Math.Max(0, part)):0} % of the rise is spent waiting, most for {callee.Name}", entity, file));
        }
    }

    /// <summary>Whom an operation waits for longer than before, most first; null when for nobody.</summary>
    private static EntityRef? Waited(CaseFile file, OperationPair pair)
    {
        var before = Waits(pair.Before);
        return Waits(pair.Since).Select(wait => (wait.Key, Rise: wait.Value - before.GetValueOrDefault(wait.Key)))
            .Where(wait => wait.Rise > 0).OrderByDescending(wait => wait.Rise)
            .Select(wait => (EntityRef?)file.Requests.At(wait.Key)).FirstOrDefault();

        SortedDictionary<int, double> Waits(IReadOnlyList<Visit> visits)
        {
            var waits = new SortedDictionary<int, double>();
            foreach (var called in visits.SelectMany(file.Requests.Called))
            {
                waits[called.Entity] = waits.GetValueOrDefault(called.Entity)
                    + ((called.Seconds + (double.IsFinite(called.GapSeconds) ? called.GapSeconds : 0)) / visits.Count);
            }

            return waits;
        }
    }

    private static void FindFailures(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        Visit[] before = [.. file.Requests.Of(entity).SelectMany(pair => pair.Before)];
        Visit[] since = [.. file.Requests.Of(entity).SelectMany(pair => pair.Since)];
        if (before.Length < LeastVisits || since.Length < LeastVisits)
        {
            return;
        }

        var own = Share(visit => visit.IsError && !visit.HasFailedCall);
        var all = Share(visit => visit.IsError);
        if (own.IsMore)
        {
            found.Add(Of(Features.OwnFailures, 1,
                $"{own.Since * 100:0.#} % of sampled requests fail in {entity.Name} itself, without a call that failed;"
                + $" {own.Before * 100:0.#} % before", entity, file));
        }
        else if (all.IsMore && own.Since <= (1 - PassedPart) * all.Since
            && found.All(finding => finding.Feature != Features.PassedOn))
        {
            found.Add(Of(Features.PassedOn, 1 - (own.Since / all.Since),
                $"{all.Since * 100:0.#} % of sampled requests to {entity.Name} fail, {all.Before * 100:0.#} % before;"
                + $" of those, {100 * (1 - (own.Since / all.Since)):0} % after a call that failed", entity, file));
        }

        (double Before, double Since, bool IsMore) Share(Func<Visit, bool> isHit)
        {
            double few = before.Count(isHit), many = since.Count(isHit);
            return (few / before.Length, many / since.Length, ShareTest.IsMore(few, before.Length, many, since.Length));
        }
    }

    /// <summary>A slow network of one entity shows on all its ways; that of a neighbour only on the way between.</summary>
    private static void FindGap(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var ways = file.Requests.Ways(entity).Where(way => way.Before.Length >= LeastVisits)
            .Select(way => (Way: way, Nats: Nats(way), Rise: Robust.Median(way.Since) - Robust.Median(way.Before)))
            .ToArray();
        var slow = ways.Where(way => way.Nats > 0 && way.Rise >= file.Options.LatencyRiseFloorSeconds).ToArray();
        if (slow.Length == 0)
        {
            return;
        }

        var worst = slow.MaxBy(way => way.Nats).Way;
        var (caller, callee) = (file.Requests.At(worst.Caller).Name, file.Requests.At(worst.Callee).Name);
        found.Add(Of(Features.CallGap, Math.Min(1, slow.Max(way => way.Nats) / SureNats) * slow.Length / ways.Length,
            $"Calls of {caller} to {callee} take {Time(Robust.Median(worst.Since))} longer than {callee} says,"
            + $" {Time(Robust.Median(worst.Before))} before; {slow.Length} of {ways.Length} ways to and from {entity.Name}"
            + " became longer", entity, file));

        static double Nats(WayPair way) => Delays.Slower(
            [.. way.Since.Select(VisitProfile.LogOf)], [.. way.Before.Select(VisitProfile.LogOf).Order()]).Weight;
    }

    /// <summary>Requests in which nothing failed, and which no longer call whom they called.</summary>
    private static void FindMissing(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        foreach (var pair in file.Requests.Of(entity))
        {
            Visit[] before = [.. pair.Before.Where(visit => !visit.HasFailedCall)];
            Visit[] since = [.. pair.Since.Where(visit => !visit.HasFailedCall)];
            if (before.Length < LeastVisits || since.Length < LeastVisits)
            {
                continue;
            }

            foreach (var callee in before.SelectMany(file.Requests.Called).Select(visit => visit.Entity).Distinct().Order())
            {
                bool IsMissing(Visit visit) => file.Requests.Called(visit).All(called => called.Entity != callee);
                double few = before.Count(IsMissing), many = since.Count(IsMissing);
                var (called, calls) = (1 - (few / before.Length), 1 - (many / since.Length));
                if (ShareTest.IsMore(few, before.Length, many, since.Length) && calls <= called / 2)
                {
                    found.Add(Of(Features.MissingCalls, 1,
                        $"{file.Requests.NameOf(pair)} of {entity.Name} calls {file.Requests.At(callee).Name} in"
                        + $" {calls * 100:0.#} % of sampled requests, {called * 100:0.#} % before", entity, file));
                    return;
                }
            }
        }
    }

    private static Finding Of(string feature, double strength, string text, EntityRef entity, CaseFile file) =>
        new(feature, Math.Round(Math.Min(1, strength), 3), EvidenceKind.Trace, entity, file.Onset, text);

    private static string Middle(IEnumerable<Visit> visits, Func<Visit, double> time) =>
        Time(Robust.Median(visits.Select(time)));

    private static string Time(double seconds) => Numbers.Of(seconds, "s");

    /// <summary>How an operation's time, whole and own, moved.</summary>
    private sealed record TimeShift(
        OperationPair Pair,
        (double Weight, double Shift) Whole,
        (double Weight, double Shift) Own,
        double Rise,
        double OwnRise);
}
