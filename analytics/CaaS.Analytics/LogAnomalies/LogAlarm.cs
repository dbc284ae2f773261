using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>The alarm policy of one thing watched in logs, with sentences of its own.</summary>
/// <remarks>Two of three windows must vote; three in a row in the band end it (<see cref="Alarm"/>).</remarks>
/// <param name="key">What is watched.</param>
/// <param name="kind">Kind of anomaly.</param>
/// <param name="unit">Unit of its values.</param>
/// <param name="mode">Whether it is told.</param>
internal sealed class LogAlarm(SeriesKey key, AnomalyKind kind, string unit, LogAnomalyMode mode)
{
    private static readonly RolePolicy Policy = new(0, 0, 0, 1, 1e-5, 2, 3);

    private readonly Alarm _alarm =
        new(key, new SignalMeaning(SignalRole.Log, BadDirection.Both, unit), kind, Policy);

    /// <summary>What is watched.</summary>
    public SeriesKey Key => key;

    /// <summary>Unit of its values.</summary>
    public string Unit => unit;

    /// <summary>True while it is told.</summary>
    public bool IsRaised => _alarm.IsRaised;

    /// <summary>When it was told first, Unix milliseconds; 0 while it is not.</summary>
    public long RaisedMs => _alarm.RaisedMs;

    /// <summary>Largest p-value that votes.</summary>
    public static double Alpha => Policy.Alpha;

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive) => _alarm.Sync(archive);

    /// <summary>Template and sample line for people; the sample only where it says more.</summary>
    /// <param name="template">Template.</param>
    /// <param name="line">A line of it.</param>
    public static string Quote(LogTemplate template, string line)
    {
        var sample = LogTemplate.Cut(line);
        return sample == template.Pattern.Text ? sample : $"{template.Pattern.Text} (such as: {sample})";
    }

    /// <summary>Takes in the verdict on a window.</summary>
    /// <param name="verdict">Verdict.</param>
    /// <param name="sentence">What to say while it is abnormal.</param>
    /// <param name="usual">What to say when it is over.</param>
    /// <param name="found">Where to tell.</param>
    public void Observe(in Verdict verdict, Func<string> sentence, Func<string> usual, LogFindings found)
    {
        if (_alarm.Observe(verdict) is { } told)
        {
            found.Add(mode, told with { Explanation = told.State == AnomalyState.Cleared ? usual() : sentence() });
        }
    }

    /// <summary>Ends it.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="why">Sentence for people.</param>
    /// <param name="found">Where to tell.</param>
    public void End(long nowMs, string why, LogFindings found) => found.Add(mode, _alarm.End(nowMs, why));
}
