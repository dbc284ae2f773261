using System.Globalization;
using CaaS.Analytics.Derived;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.Patterns;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Objectives;

/// <summary>The error budget of one objective for one service, minute by minute.</summary>
/// <remarks>
/// Told as the field does ("The Site Reliability Workbook", chapter 5): a budget that burns fast in a long and in its
/// short window (an hour and five minutes, six hours and thirty minutes) is what people are paged for, so it is told as
/// failing requests, which may open an incident; a slow burn over three days is a ticket, so it is told as evidence
/// only. One window alone tells nothing.
/// </remarks>
internal sealed class ErrorBudget
{
    private const int FastMinutesMax = 360;
    private const long MinuteMs = 60_000;

    private readonly ObjectiveOptions _objective;
    private readonly HistogramGroup _requests;
    private readonly BurnRateDetector _detector;
    private readonly Alarm _fast;
    private readonly Alarm _slow;
    private (double Failed, double All) _last;

    /// <summary>Begins to watch; what was counted before is not looked at.</summary>
    /// <param name="objective">Objective.</param>
    /// <param name="requests">Requests of the service.</param>
    public ErrorBudget(ObjectiveOptions objective, HistogramGroup requests)
    {
        _objective = objective;
        _requests = requests;
        _last = requests.Total;
        _detector = new BurnRateDetector(BurnRateOptions.Over(objective.Objective, objective.Window));
        _fast = AlarmOf(requests.P95.Entity, objective.Name, "fast", SignalRole.Errors);
        _slow = AlarmOf(requests.P95.Entity, objective.Name, "slow", SignalRole.Other);
    }

    /// <summary>Takes in what was counted since the last minute that was taken in.</summary>
    /// <param name="minutes">Minutes since, positive; the last of them gets all requests.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Step(long minutes, long nowMs, List<Anomaly> found)
    {
        for (var minute = 1; minute < minutes; minute++)
        {
            _detector.Step(0, 0);
        }

        var total = _requests.Total;
        var all = Math.Max(0, total.All - _last.All);
        var failed = Math.Min(Math.Max(0, total.Failed - _last.Failed), all);
        _last = total;
        var burn = _detector.Step(failed, all);
        var isFast = burn?.LongMinutes <= FastMinutesMax;
        Tell(_fast, isFast ? burn : null, nowMs, found);
        Tell(_slow, isFast ? null : burn, nowMs, found);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _last);
        _detector.Sync(archive);
        _fast.Sync(archive);
        _slow.Sync(archive);
    }

    private static Alarm AlarmOf(EntityRef entity, string name, string speed, SignalRole role) => new(
        new SeriesKey(
            entity, ObjectiveWatch.Signal, [new Label("objective", name), new Label("speed", speed)], MetricKind.Gauge),
        new SignalMeaning(role, BadDirection.High, ""),
        AnomalyKind.Metric,
        new RolePolicy(0, 0, 0, 1, 1, 1, 1));

    private void Tell(Alarm alarm, BurnRate? burn, long nowMs, List<Anomaly> found)
    {
        if (alarm.Observe(burn is { } burning ? Burning(burning, nowMs) : Calm(nowMs)) is { } told)
        {
            found.Add(told);
        }
    }

    private Verdict Burning(BurnRate burn, long nowMs)
    {
        var budget = 1 - _objective.Objective;
        var p = BinomialTail.AtLeast(Math.Round(burn.Errors), Math.Round(burn.Requests), burn.Threshold * budget);
        return new Verdict
        {
            StartMs = nowMs - MinuteMs,
            NowMs = nowMs,
            Votes = true,
            IsUp = true,
            PValue = Math.Clamp(p, 1e-16, 1),
            Drive = -Math.Log10(Math.Clamp(p, 1e-16, 1)),
            Observed = burn.Rate,
            High = burn.Threshold,
            Feature = string.Create(
                CultureInfo.InvariantCulture,
                $"budget of {_objective.Name}, {burn.Errors:0} of {burn.Requests:0} requests failed in {burn.LongMinutes} min"),
        };
    }

    private static Verdict Calm(long nowMs) => new()
    {
        StartMs = nowMs,
        NowMs = nowMs,
        IsInBand = true,
        PValue = 1,
        Observed = 0,
        Feature = "",
    };
}
